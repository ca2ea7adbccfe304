/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { DrawPage } from "../../../views/pages/draw.tsx";
import type { AppDeps } from "../deps.ts";
import { pageProps } from "./reader.ts";
import { learningStatus, type StoryBook } from "./status.ts";

/** `GET /`: the Draw page. */
export function createDrawRoute(deps: AppDeps, stories: StoryBook): Hono {
  return new Hono().get("/", async (c) => {
    const props = {
      ...pageProps(c, deps.version),
      classes: deps.classes,
      modelVersion: deps.predictor.current()?.version ?? null,
      status: await learningStatus(deps, stories),
    };
    return c.html(`<!doctype html>${await DrawPage(props)}`);
  });
}
