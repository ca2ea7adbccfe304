import { type Context, Hono, type MiddlewareHandler } from "hono";
import { ASSET_ENCODINGS, type Asset } from "../../lib/asset.ts";
import type { AppDeps } from "../deps.ts";
import { acceptedEncoding } from "./accepted-encoding.ts";
import { mayBeKept } from "./caching.ts";

type AssetDeps = Pick<AppDeps, "assets">;

declare module "hono" {
  interface ContextVariableMap {
    /** Identifies the contents of all assets. */
    assetsId?: string;
  }
}

/** The content of a URL with this release's id never changes. */
const FOREVER = "public, max-age=31536000, immutable";

/** Tells pages the id of the assets that belong to them. */
export function namesAssets({ assets }: AssetDeps): MiddlewareHandler {
  const id = idOf(assets);
  return async (c, next) => {
    c.set("assetsId", id);
    await next();
  };
}

/**
 * Scripts, styles and pictures of the pages, from memory; no request reads a file.
 *
 * `GET /assets/{id}/{name}`: what pages refer to. The id is a hash of all assets, so browsers keep the file for good.
 * `GET /assets/{name}`, and the id of another release, of which a page is still open: the current file, to be
 * revalidated each time (304).
 */
export function createAssetRoute({ assets }: AssetDeps): Hono {
  const id = idOf(assets);
  const respond = (c: Context, name: string, isCurrent: boolean) => {
    const asset = assets.get(name);
    if (asset === undefined) return c.notFound();
    return assetResponse(c, asset, isCurrent ? FOREVER : "no-cache");
  };
  return new Hono()
    .get("/assets/:name", (c) => respond(c, c.req.param("name"), false))
    .get("/assets/:id/:name", (c) => respond(c, c.req.param("name"), c.req.param("id") === id))
    .get("/favicon.ico", (c) => respond(c, "icon.svg", false));
}

function assetResponse(c: Context, asset: Asset, cacheControl: string) {
  const prepared = ASSET_ENCODINGS.filter((encoding) => asset.encoded?.[encoding] !== undefined);
  const encoding = acceptedEncoding(c, prepared);
  // Strong: the bytes of each encoding differ.
  const etag = encoding === null ? asset.etag : asset.etag.replace(/"$/, `-${encoding}"`);
  mayBeKept(c, cacheControl);
  const headers = {
    etag,
    ...(prepared.length > 0 ? { vary: "accept-encoding" } : {}),
  };
  if (c.req.header("if-none-match") === etag) return c.body(null, 304, headers);
  const body = encoding === null ? asset.body : asset.encoded![encoding]!;
  // A view of bytes that live as long as the process, so they need not be copied.
  return c.body(body as Uint8Array<ArrayBuffer>, 200, {
    ...headers,
    "content-type": asset.contentType,
    ...(encoding === null ? {} : { "content-encoding": encoding }),
  });
}

function idOf(assets: AssetDeps["assets"]): string {
  const hash = new Bun.CryptoHasher("sha256");
  for (const [name, { etag }] of [...assets].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name} ${etag}\n`);
  return hash.digest("hex").slice(0, 12);
}
