import { Hono } from "hono";
import * as v from "valibot";
import { MAX_REPLAY, type Replay, type ReplayCounts } from "../../../domain/trials/replay.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { jsonBody, pathParams, strict } from "../validate.ts";

const VersionParam = v.object({
  version: v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/), v.transform(Number)),
});
const Body = strict({
  last: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1, "expected a whole number from 1"),
      v.maxValue(MAX_REPLAY, `expected at most ${MAX_REPLAY}`),
      v.description("Number of the newest labelled drawings"),
    ),
    1_000,
  ),
});
const counts = {
  n: v.number(),
  both_correct: v.number(),
  champion_only: v.number(),
  other_only: v.number(),
  neither: v.number(),
};
const ReplaySchema = v.pipe(
  v.object({
    version: v.number(),
    last: v.number(),
    state: v.picklist(["running", "done", "failed"]),
    error: v.nullable(v.string()),
    started_at: v.string(),
    result: v.nullable(
      v.object({
        champion: v.number(),
        ...counts,
        p: v.pipe(v.number(), v.description("Two-sided, of the exact McNemar test")),
        unseen: v.pipe(
          v.object({ ...counts, p: v.number() }),
          v.description("Drawings that the version was not trained on"),
        ),
        classes: v.record(v.string(), v.object(counts)),
      }),
    ),
  }),
  v.metadata({ ref: "Replay" }),
);

/** `/models/{version}/replay`: a version and the champion on the newest labelled drawings. */
export function createReplayApi({ trials: { replays } }: Pick<AppDeps, "trials">): Hono {
  const api = new Hono();

  api.post(
    "/:version/replay",
    describe({
      id: "startReplay",
      tag: "Trials",
      summary: "Replay a version over the newest labelled drawings",
      description: "In a process of its own, one at a time; a thousand drawings take about a second.",
      answers: {
        202: { description: "The replay", schema: ReplaySchema, headers: { Location: "Its result" } },
      },
      errors: [400, 404, 409, 413, 415, 422],
    }),
    pathParams(VersionParam),
    jsonBody(Body),
    async (c) => {
      const { version } = c.req.valid("param");
      const replay = await replays.start(version, c.req.valid("json").last);
      return c.json(replayJson(replay), 202, { location: `/api/v1/models/${version}/replay` });
    },
  );

  api.get(
    "/:version/replay",
    describe({
      id: "getReplay",
      tag: "Trials",
      summary: "The newest replay of a version since the server started",
      answers: { 200: { description: "The replay", schema: ReplaySchema } },
      errors: [404],
    }),
    pathParams(VersionParam),
    (c) => {
      const { version } = c.req.valid("param");
      const replay = replays.get(version);
      if (replay === null)
        throw new NotFoundError(`Model ${version} was not replayed since the server started.`);
      return c.json(replayJson(replay));
    },
  );

  return api;
}

function replayJson({ result, startedAt, ...replay }: Replay): v.InferOutput<typeof ReplaySchema> {
  const { version, last, state, error } = replay;
  return {
    ...{ version, last, state, error },
    started_at: startedAt,
    result:
      result === null
        ? null
        : {
            champion: result.champion,
            ...countsJson(result),
            p: result.p,
            unseen: { ...countsJson(result.unseen), p: result.unseen.p },
            classes: Object.fromEntries(
              Object.entries(result.classes).map(([label, one]) => [label, countsJson(one)]),
            ),
          },
  };
}

function countsJson({ n, bothCorrect, championOnly, otherOnly, neither }: ReplayCounts) {
  return { n, both_correct: bothCorrect, champion_only: championOnly, other_only: otherOnly, neither };
}
