import type { Context } from "hono";
import { parseAccept } from "hono/utils/accept";

/**
 * Returns the first of the encodings that the client takes; null for none of them.
 * Browsers offer br and zstd over TLS and to this machine only, others gzip.
 *
 * @param offered in our order of preference.
 */
export function acceptedEncoding<T extends string>(c: Context, offered: readonly T[]): T | null {
  const accepted = new Map(
    parseAccept(c.req.header("accept-encoding") ?? "").map(({ type, q }) => [type.toLowerCase(), q]),
  );
  return offered.find((encoding) => (accepted.get(encoding) ?? accepted.get("*") ?? 0) > 0) ?? null;
}
