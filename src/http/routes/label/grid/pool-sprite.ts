import { Hono } from "hono";
import { SPRITE_COLUMNS } from "../../../../../views/fragments/samples/sheet-path.ts";
import { IMAGE_COLS, IMAGE_ROWS } from "../../../../digits/image-format.ts";
import { spritePng } from "../../../../lib/images/sprite.ts";
import type { AppDeps } from "../../../deps.ts";
import { idsIn, spriteQuery } from "../../samples/sprite.ts";

/** The addresses of one image with drawings of the pool, and of the style that shows it. */
export function poolSpriteUrls(ids: readonly string[]): { image: string; style: string } {
  const query = spriteQuery(ids);
  return { image: `/label/grid/sprite.png?${query}`, style: `/label/grid/sprite.css?${query}` };
}

/** `/label/grid/sprite.png`: drawings of the pool as one image, as that of samples; one that has left is blank. */
export function createPoolSpriteRoutes({ store }: Pick<AppDeps, "store">): Hono {
  const routes = new Hono();
  routes.get("/sprite.css", (c) => {
    const { image } = poolSpriteUrls(idsIn(c.req.query("ids") ?? ""));
    const headers = { "content-type": "text/css; charset=utf-8" };
    return c.body(`:root{--sprite:url("${image}")}`, 200, headers);
  });
  return routes.get("/sprite.png", async (c) => {
    const images = await store.queueGrid.images(idsIn(c.req.query("ids") ?? ""));
    const png = spritePng({ rows: IMAGE_ROWS, cols: IMAGE_COLS, images, columns: SPRITE_COLUMNS });
    const headers = { "content-type": "image/png" };
    return c.body(png as Uint8Array<ArrayBuffer>, 200, headers);
  });
}
