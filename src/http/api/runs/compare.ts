import { Hono } from "hono";
import * as v from "valibot";
import { compareRuns, MAX_COMPARED } from "../../../domain/runs/compare-runs.ts";
import { runsToCompare } from "../../compare.ts";
import type { AppDeps } from "../../deps.ts";
import { StoryBook } from "../../routes/status.ts";
import { describe } from "../describe.ts";
import { RunSchema, runJson } from "../run-json.ts";
import { query } from "../validate.ts";

const number = v.nullable(v.number());

const CompareQuery = v.strictObject({
  run: v.pipe(
    v.union([v.array(v.string()), v.string()]),
    v.metadata({
      ...{ anyOf: undefined, type: "array", items: { type: "string" } },
      ...{ minItems: 2, maxItems: MAX_COMPARED, uniqueItems: true },
    }),
    v.description(`Ids of 2 to ${MAX_COMPARED} runs: \`run=A&run=B\``),
  ),
});

const ComparisonSchema = v.pipe(
  v.object({
    runs: v.array(RunSchema),
    parameters: v.pipe(
      v.array(
        v.object({
          name: v.string(),
          values: v.pipe(
            v.array(v.unknown()),
            v.description("In the order of `runs`; null where a run has no such parameter"),
          ),
          is_different: v.boolean(),
        }),
      ),
      v.description("Those in effect that the pipelines read; those that differ first"),
    ),
    scores: v.array(
      v.object({
        set: v.string(),
        scores: v.pipe(
          v.array(v.nullable(v.object({ accuracy: v.number(), n: number, loss: number }))),
          v.description("In the order of `runs`; null where the set was not evaluated"),
        ),
      }),
    ),
    confusion: v.pipe(
      v.array(
        v.object({
          set: v.string(),
          cells: v.array(v.object({ label: v.string(), predicted: v.string(), counts: v.array(number) })),
        }),
      ),
      v.description("The mistakes whose number differs most, at most 12 of each set"),
    ),
    curves: v.pipe(
      v.array(
        v.array(
          v.object({
            epoch: v.number(),
            loss: number,
            val_loss: number,
            val_accuracy: number,
            learning_rate: number,
            samples_per_s: number,
          }),
        ),
      ),
      v.description("The finished epochs of each run, in the order of `runs`"),
    ),
  }),
  v.metadata({ ref: "RunComparison" }),
);

/** `/runs/compare`: parameters, scores, confusion and curves of several runs, side by side. */
export function createCompareApi(deps: Pick<AppDeps, "store" | "registry" | "graph">): Hono {
  const stories = new StoryBook(deps.store.runs);
  const api = new Hono();

  api.get(
    "/compare",
    describe({
      id: "compareRuns",
      tag: "Runs",
      summary: `Compare up to ${MAX_COMPARED} runs`,
      answers: { 200: { description: "The comparison", schema: ComparisonSchema } },
      errors: [400, 404, 422],
    }),
    query(CompareQuery),
    async (c) => {
      const runs = await runsToCompare(deps, [c.req.valid("query").run].flat());
      const { parameters, scores, confusion } = compareRuns(runs);
      const annotations = await deps.store.runs.annotations(runs.map(({ run }) => run.id));
      const curves = await Promise.all(runs.map(async ({ run }) => (await stories.of(run.id)).epochs));
      return c.json({
        runs: runs.map(({ run }, i) => runJson(run, annotations[i]!)),
        parameters: parameters.map(({ name, values, isDifferent }) => ({
          name,
          values: values.map((value) => value ?? null),
          is_different: isDifferent,
        })),
        scores,
        confusion,
        curves: curves.map((epochs) =>
          epochs.map(({ epoch, loss, valLoss, valAccuracy, learningRate, samplesPerS }) => ({
            ...{ epoch, loss, val_loss: valLoss, val_accuracy: valAccuracy },
            ...{ learning_rate: learningRate, samples_per_s: samplesPerS },
          })),
        ),
      });
    },
  );

  return api;
}
