import { Hono } from "hono";
import * as v from "valibot";
import { BusyError, UnavailableError } from "../../lib/errors.ts";
import { checkDigits } from "../../serving/check-digits.ts";
import type { AppDeps } from "../deps.ts";
import { describe } from "./describe.ts";
import { hasNoModelYet } from "./no-model.ts";

const LiveSchema = v.object({ status: v.literal("live"), version: v.string() });
const ReadySchema = v.object({
  status: v.literal("ready"),
  model: v.pipe(
    v.nullable(v.object({ name: v.string(), version: v.number() })),
    v.description(
      "Null when there is no model yet: the pages work, and the first model is trained on the labels",
    ),
  ),
});

/**
 * `/livez`: the process responds. `/readyz`: it can also store, and recognise if there is a model. A project without a
 * model yet is ready: it exists to collect labels, and a restart would not give it a model.
 */
export function createHealthApi(deps: Pick<AppDeps, "store" | "predictor" | "registry" | "version">): Hono {
  // The model's accuracy on it was checked when it was loaded; here it only has to respond.
  const { pixels } = checkDigits()[7]!;
  const api = new Hono();

  api.get(
    "/livez",
    describe({
      id: "isLive",
      tag: "Health",
      summary: "Whether the process is running",
      answers: { 200: { description: "It is running", schema: LiveSchema } },
    }),
    (c) => c.json({ status: "live" as const, version: deps.version }),
  );

  api.get(
    "/readyz",
    describe({
      id: "isReady",
      tag: "Health",
      summary: "Whether drawings can be recognised and labels stored",
      answers: { 200: { description: "The server is ready", schema: ReadySchema } },
      errors: [503],
    }),
    async (c) => {
      const recognise = async () =>
        (await hasNoModelYet(deps)) ? null : (await deps.predictor.predict(pixels)).model;
      const [model] = await Promise.all([recognise(), deps.store.checkWritable()]).catch(notReady);
      return c.json({ status: "ready" as const, model });
    },
  );

  return api;
}

/** Whatever the machine cannot do, such as write to a full disk, the server is not ready: 503. */
function notReady(error: unknown): never {
  if (!(error instanceof UnavailableError) || error instanceof BusyError) throw error;
  throw new UnavailableError(error.message, { says: error.says });
}
