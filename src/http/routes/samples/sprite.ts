import { Hono } from "hono";
import { SPRITE_COLUMNS } from "../../../../views/fragments/samples/sheet-path.ts";
import { IMAGE_COLS, IMAGE_ROWS, PREPROCESSING_VERSION } from "../../../digits/image-format.ts";
import { InputError } from "../../../lib/errors.ts";
import { spritePng } from "../../../lib/images/sprite.ts";
import type { AppDeps } from "../../deps.ts";

const ID_BYTES = 16;
/** As many as a page of a list may have. */
const MAX_IDS = 200;

/** Returns the address of the image with all of these drawings; it names each, so its content never changes. */
export function spriteUrl(ids: readonly string[]): string {
  return `/samples/sprite.png?${spriteQuery(ids)}`;
}

/** Returns the address of a style that sets `--sprite` to that image, for pages without a script. */
export function spriteStyleUrl(ids: readonly string[]): string {
  return `/samples/sprite.css?${spriteQuery(ids)}`;
}

/** The query that names these drawings. */
export function spriteQuery(ids: readonly string[]): string {
  const bytes = Buffer.from(ids.map((id) => id.replaceAll("-", "")).join(""), "hex");
  return `v=${PREPROCESSING_VERSION}&ids=${bytes.toString("base64url")}`;
}

/** `/samples/sprite.png`: the drawings of a page of the sheet as one image, 12 in a row; and its style. */
export function createSpriteRoute({ store }: Pick<AppDeps, "store">): Hono {
  const routes = new Hono();
  routes.get("/sprite.css", (c) => {
    const ids = idsIn(c.req.query("ids") ?? "");
    return c.body(`:root{--sprite:url("${spriteUrl(ids)}")}`, 200, {
      "content-type": "text/css; charset=utf-8",
    });
  });
  return routes.get("/sprite.png", async (c) => {
    const ids = idsIn(c.req.query("ids") ?? "");
    const images = await store.sheet.images(ids);
    const png = spritePng({ rows: IMAGE_ROWS, cols: IMAGE_COLS, images, columns: SPRITE_COLUMNS });
    return c.body(png as Uint8Array<ArrayBuffer>, 200, {
      "content-type": "image/png",
    });
  });
}

/** Reads 1 to 200 ids, as `spriteUrl` writes them. @throws InputError for another text. */
export function idsIn(text: string): string[] {
  const bytes = Buffer.from(text, "base64url");
  const n = bytes.length / ID_BYTES;
  if (!Number.isInteger(n) || n < 1 || n > MAX_IDS || bytes.toString("base64url") !== text)
    throw new InputError(`ids: expected 1 to ${MAX_IDS} ids of ${ID_BYTES} bytes each, as base64url`);
  return Array.from({ length: n }, (_, i) => {
    const hex = bytes.subarray(i * ID_BYTES, (i + 1) * ID_BYTES).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  });
}
