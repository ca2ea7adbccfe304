import type { MiddlewareHandler } from "hono";
import { acceptedEncoding } from "./accepted-encoding.ts";

/** Smaller pages fit into one packet or two anyway. */
const MIN_BYTES = 2_048;
/** The library's default: 100 kB of a page take about half a millisecond. */
const ZSTD_LEVEL = 3;

/** Compresses pages and fragments, which are complete when they are sent; streams, JSON and files stay as they are. */
export function compressPages(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (!c.res.headers.get("content-type")?.startsWith("text/html") || c.res.body === null) return;
    c.res.headers.append("vary", "accept-encoding");
    const encoding = acceptedEncoding(c, ["zstd", "gzip"]);
    if (encoding === null || c.req.method === "HEAD") return;
    const page = await c.res.bytes();
    const { status, headers } = c.res;
    const isWorthIt = page.length >= MIN_BYTES;
    const body = isWorthIt ? compressed(page, encoding) : page;
    c.res = undefined;
    c.res = new Response(body, { status, headers });
    if (isWorthIt) c.res.headers.set("content-encoding", encoding);
  };
}

function compressed(page: Uint8Array<ArrayBuffer>, encoding: "zstd" | "gzip"): Uint8Array<ArrayBuffer> {
  if (encoding === "gzip") return Bun.gzipSync(page);
  return Bun.zstdCompressSync(page, { level: ZSTD_LEVEL }) as Uint8Array<ArrayBuffer>;
}
