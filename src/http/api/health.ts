import { Hono } from "hono";
import * as v from "valibot";
import { checkDigits } from "../../serving/check-digits.ts";
import type { AppDeps } from "../deps.ts";
import { describe } from "./describe.ts";

const LiveSchema = v.object({ status: v.literal("live"), version: v.string() });
const ReadySchema = v.object({
  status: v.literal("ready"),
  model: v.object({ name: v.string(), version: v.number() }),
});

/** `/livez`: the process answers. `/readyz`: it can also store, and recognise. */
export function createHealthApi(deps: Pick<AppDeps, "store" | "predictor" | "version">): Hono {
  // Whether the model reads it right was checked when it was loaded; here it must answer.
  const { pixels } = checkDigits()[7]!;
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
      const [{ model }] = await Promise.all([deps.predictor.predict(pixels), deps.store.checkWritable()]);
      return c.json({ status: "ready" as const, model });
    },
  );

  return api;
}
