import { Hono } from "hono";
import * as v from "valibot";
import { NotFoundError } from "../../../lib/errors.ts";
import { startTrial, stopTrial } from "../../../trials/start-trial.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { atMost, jsonBody, PageLimit, pathParams, query, strict } from "../validate.ts";
import { TrialSchema, trialJson } from "./trial-json.ts";

const DEFAULT_LIMIT = 50;
const Id = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,14}$/, "expected a whole number from 1"),
  v.transform(Number),
);
const IdParam = v.object({ id: Id });
const VersionParam = v.object({
  version: v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/), v.transform(Number)),
});
const ListQuery = strict({
  cursor: v.optional(v.pipe(Id, v.description("`next_cursor` of the previous page"))),
  limit: v.optional(PageLimit),
});
const StartBody = strict({
  reason: v.optional(v.pipe(v.string(), atMost(500)), "requested through the API"),
});
const StopBody = strict({});
const ShadowSchema = v.pipe(
  v.object({
    scored: v.pipe(
      v.number(),
      v.description("Drawings that were classified unseen since the server started"),
    ),
    disagreed: v.number(),
    dropped: v.pipe(v.number(), v.description("Drawings that were not, because the server was busy")),
    waiting: v.number(),
    ms_per_drawing: v.nullable(v.number()),
  }),
  v.metadata({ ref: "Shadow" }),
);
const ListSchema = v.object({
  trials: v.array(TrialSchema),
  next_cursor: v.nullable(v.string()),
  shadow: ShadowSchema,
});

type TrialDeps = Pick<AppDeps, "store" | "trials">;

/** `/trials`: comparisons of two models on the drawings that people label. */
export function createTrialsApi({ store, trials }: TrialDeps): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "listTrials",
      tag: "Trials",
      summary: "List trials, newest first, and the counts of unseen scoring",
      answers: { 200: { description: "One page of trials", schema: ListSchema } },
      errors: [422],
    }),
    query(ListQuery),
    async (c) => {
      const { cursor, limit = DEFAULT_LIMIT } = c.req.valid("query");
      const found = await store.trials.list({
        limit: limit + 1,
        ...(cursor === undefined ? {} : { before: cursor }),
      });
      const page = found.slice(0, limit);
      const { msPerDrawing, ...counts } = trials.counts();
      return c.json({
        trials: page.map(trialJson),
        next_cursor: found.length > limit ? String(page.at(-1)!.id) : null,
        shadow: { ...counts, ms_per_drawing: msPerDrawing },
      } satisfies v.InferOutput<typeof ListSchema>);
    },
  );

  api.get(
    "/:id",
    describe({
      id: "getTrial",
      tag: "Trials",
      summary: "One trial with its counts",
      answers: { 200: { description: "The trial", schema: TrialSchema } },
      errors: [404],
    }),
    pathParams(IdParam),
    async (c) => {
      const { id } = c.req.valid("param");
      const trial = await store.trials.get(id);
      if (trial === null) throw new NotFoundError(`There is no trial ${id}.`);
      return c.json(trialJson(trial));
    },
  );

  api.post(
    "/:id/stop",
    describe({
      id: "stopTrial",
      tag: "Trials",
      summary: "Stop a trial without a decision",
      answers: { 200: { description: "The trial", schema: TrialSchema } },
      errors: [400, 404, 409, 413, 415, 422, 503, 507],
    }),
    pathParams(IdParam),
    jsonBody(StopBody),
    async (c) => c.json(trialJson(await stopTrial(store, c.req.valid("param").id, actorOf(c)))),
  );

  return api;
}

/** `POST /models/{version}/trial`. */
export function createModelTrialApi({ store, trials }: TrialDeps): Hono {
  return new Hono().post(
    "/:version/trial",
    describe({
      id: "startTrial",
      tag: "Trials",
      summary: "Try a version against the champion",
      description:
        "It classifies unseen what the champion classifies. Once labels show that it is better, it is promoted; once they show that it is worse, it is dropped.",
      answers: {
        202: {
          description: "The trial starts within a second",
          schema: TrialSchema,
          headers: { Location: "The trial" },
        },
      },
      errors: [400, 404, 409, 413, 415, 422, 503, 507],
    }),
    pathParams(VersionParam),
    jsonBody(StartBody),
    async (c) => {
      const { version } = c.req.valid("param");
      const { reason } = c.req.valid("json");
      const trial = await startTrial(store, { version, reason, actor: actorOf(c), rules: trials.rules() });
      return c.json(trialJson(trial), 202, { location: `/api/v1/trials/${trial.id}` });
    },
  );
}
