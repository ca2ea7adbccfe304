/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { HomeStripLine, type HomeStripProps } from "../../../../views/layout/home-strip.tsx";
import { readerText } from "../reader.ts";

/** `GET /strip`: the content of the strip, for the pages that are open. */
export function createStripRoute(read: () => Promise<HomeStripProps>): Hono {
  return new Hono().get("/", async (c) =>
    c.html(String(await (<HomeStripLine text={readerText(c)} strip={await read()} />))),
  );
}
