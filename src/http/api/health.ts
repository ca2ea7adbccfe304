import { Hono } from "hono";
import * as v from "valibot";
import { rasterise } from "../../digits/rasterise.ts";
import type { AppDeps } from "../deps.ts";
import { describe } from "./describe.ts";

const LiveSchema = v.object({ status: v.literal("live"), version: v.string() });
const ReadySchema = v.object({
  status: v.literal("ready"),
  model: v.object({ name: v.string(), version: v.number() }),
});

/** A 7 in two lines. Whether the model reads it right is the gate's business; here it must answer. */
const SEVEN = rasterise({
  strokes: [
    [
      [0, 0],
      [60, 0],
      [25, 100],
    ],
  ],
  width: 100,
  height: 100,
});

/** `/livez`: the process answers. `/readyz`: it can also store, and recognise. */
export function createHealthApi(deps: Pick<AppDeps, "store" | "predictor" | "version">): Hono {
  const api = new Hono();

  api.get(
    "/livez",
    describe({
      id: "isLive",
      tag: "Health",
      summary: "Whether the process answers",
      answers: { 200: { description: "It does", schema: LiveSchema } },
    }),
    (c) => c.json({ status: "live" as const, version: deps.version }),
  );

  api.get(
    "/readyz",
    describe({
      id: "isReady",
      tag: "Health",
      summary: "Whether drawings can be recognised and labels stored",
      answers: { 200: { description: "They can", schema: ReadySchema } },
      errors: [503, 507],
    }),
    async (c) => {
      const [{ model }] = await Promise.all([deps.predictor.predict(SEVEN), deps.store.checkWritable()]);
      return c.json({ status: "ready" as const, model });
    },
  );

  return api;
}
