/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { type HomeStripProps, HomeStripSwap } from "../../../../views/layout/home-strip.tsx";
import { readerText } from "../reader.ts";

/** `GET /strip`: the content of the strip and the counts in the navigation, for the pages that are open. */
export function createStripRoute(read: () => Promise<HomeStripProps>): Hono {
  return new Hono().get("/", async (c) =>
    c.html(String(await (<HomeStripSwap text={readerText(c)} strip={await read()} />))),
  );
}
