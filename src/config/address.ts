import { UsageError } from "../lib/errors.ts";

/** The address that the server listens on. */
export interface HttpAddress {
  /** A host name or an IP address; IPv6 without brackets. */
  hostname: string;
  /** 0..65535; 0 for any free port. */
  port: number;
}

const PATTERN = /^(?:\[(?<ipv6>[0-9a-fA-F:.]+)\]|(?<name>[A-Za-z0-9._-]+)):(?<port>\d{1,5})$/;

/**
 * Reads `host:port`, as in `127.0.0.1:8000`, `localhost:0` or `[::1]:8000`.
 * @throws UsageError naming the expected form.
 */
export function parseHttpAddress(text: string): HttpAddress {
  const groups = PATTERN.exec(text.trim())?.groups;
  const port = Number(groups?.port);
  if (groups === undefined || port > 65_535) {
    throw new UsageError(`expected host:port, such as 127.0.0.1:8000, found "${text}"`);
  }
  return { hostname: groups.ipv6 ?? groups.name!, port };
}
