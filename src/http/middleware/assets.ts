import { Hono } from "hono";
import type { AppDeps } from "../deps.ts";

/**
 * `GET /assets/{name}`: scripts, styles and pictures of the pages, from memory; no request reads a file.
 *
 * Names are the same in every version, so the browser checks each time whether its copy is current (304).
 */
export function createAssetRoute({ assets }: Pick<AppDeps, "assets">): Hono {
  return new Hono().get("/assets/:name", (c) => {
    const asset = assets.get(c.req.param("name"));
    if (asset === undefined) return c.notFound();
    const headers = { etag: asset.etag, "cache-control": "no-cache" };
    if (c.req.header("if-none-match") === asset.etag) return c.body(null, 304, headers);
    // A view of bytes that live as long as the process, so they need not be copied.
    return c.body(asset.body as Uint8Array<ArrayBuffer>, 200, {
      ...headers,
      "content-type": asset.contentType,
    });
  });
}
