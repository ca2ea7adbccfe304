import type { Context } from "hono";
import { hostNameOf, isLoopback } from "../../../lib/host-name.ts";
import type { AppDeps } from "../../deps.ts";
import { requestHost } from "../../middleware/allowed-hosts.ts";

/** The addresses of a link for someone else. */
export interface LinkUrls {
  /** At least one; the first is the one to give away. */
  urls: string[];
  /** Whether no other device reaches any of them. */
  isLocal: boolean;
}

/**
 * Returns the absolute addresses of a path. They have the scheme and host of the request, which have worked for whoever
 * makes the link; on this machine, "localhost" is another one for everyone else, so there they are those of the server.
 */
export function linkUrls(c: Context, { process }: Pick<AppDeps, "process">, path: string): LinkUrls {
  const host = requestHost(c);
  const name = hostNameOf(host);
  const isHere = name === null || isLoopback(name);
  const others = isHere ? process.urls() : [];
  if (others.length > 0) return { urls: others.map((url) => url + path), isLocal: false };
  const scheme = c.get("client").isEncrypted ? "https" : "http";
  return { urls: [`${scheme}://${host}${path}`], isLocal: isHere };
}
