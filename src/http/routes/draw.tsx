/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { DrawPage } from "../../../views/pages/draw.tsx";
import { noticeFor } from "../../domain/settings/draw-notice.ts";
import type { AppDeps } from "../deps.ts";
import { pageProps, readerText } from "./reader.ts";
import { learningStatus, type StoryBook } from "./status.ts";

/** `GET /`: the Draw page. */
export function createDrawRoute(deps: AppDeps, stories: StoryBook): Hono {
  return new Hono().get("/", async (c) => {
    const props = {
      ...pageProps(c, deps.version),
      drawNotice: noticeFor(deps.drawNotice(), readerText(c).language),
      classes: deps.classes,
      modelVersion: deps.predictor.current()?.version ?? null,
      status: await learningStatus(deps, stories),
    };
    return c.html(`<!doctype html>${await DrawPage(props)}`);
  });
}
