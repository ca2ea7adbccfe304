import { Hono } from "hono";
import * as v from "valibot";
import type { Examples } from "../../domain/examples.ts";
import { MNIST_TEST } from "../../domain/metrics.ts";
import { NotFoundError } from "../../lib/errors.ts";
import type { AppDeps } from "../deps.ts";
import { findExamples } from "../routes/run-examples.ts";
import { describe } from "./describe.ts";
import { atMost, pathParams, query, strict } from "./validate.ts";

const label = (what: string) => v.optional(v.pipe(v.string(), atMost(200), v.description(what)));

const ExamplesQuery = strict({
  set: v.optional(
    v.pipe(v.string(), atMost(200), v.description("A set of the run's metrics; mnist_test by default")),
    MNIST_TEST,
  ),
  true: label("Only drawings of this class"),
  predicted: label(
    "Only drawings that are recognised as this class; without both, the worst mistakes overall",
  ),
});

/** The response of `GET /runs/{id}/examples`. */
export const RunExamplesSchema = v.pipe(
  v.object({
    run_id: v.string(),
    set: v.string(),
    rows: v.number(),
    cols: v.number(),
    examples: v.array(
      v.object({
        index: v.pipe(v.number(), v.description("The image's index in its set, from 0")),
        true: v.string(),
        predicted: v.string(),
        confidence: v.number(),
        pixels: v.pipe(v.array(v.number()), v.description("Row-major, ink 255 on 0")),
      }),
    ),
  }),
  v.metadata({ ref: "RunExamples" }),
);

/** `GET /runs/{id}/examples`: images that a run's models misclassified, and a few that they nearly did. */
export function createRunExamplesApi(deps: Pick<AppDeps, "store" | "results">): Hono {
  return new Hono().get(
    "/:id/examples",
    describe({
      id: "getRunExamples",
      tag: "Runs",
      summary: "Drawings behind a run's metrics",
      description:
        "A run keeps the 100 worst mistakes of each set and up to 24 predictions of each cell of its confusion matrix (12 on the diagonal), at most 2,000 per set. Mistakes are sorted by confidence in descending order, correct predictions in ascending order. The sets `fixed` and `broken` have up to 60 drawings that only the candidate, or only the champion, classifies correctly; `champion_fixed` and `champion_broken` are the champion's predictions of the same drawings, in the same order.",
      answers: { 200: { description: "The examples", schema: RunExamplesSchema } },
      errors: [400, 404, 422],
    }),
    pathParams(v.object({ id: v.string() })),
    query(ExamplesQuery),
    async (c) => {
      const id = c.req.param("id");
      if ((await deps.store.runs.get(id)) === null) {
        throw new NotFoundError(`There is no run ${id.slice(0, 100)}.`);
      }
      const { set, true: truth, predicted } = c.req.valid("query");
      const cell = truth === undefined && predicted === undefined ? null : { label: truth, predicted };
      const { examples, found } = await findExamples(deps, id, { set, cell });
      const { rows, cols } = examples;
      return c.json({ run_id: id, set, rows, cols, examples: found.map((i) => exampleJson(examples, i)) });
    },
  );
}

function exampleJson({ rows, cols, classes, answers, images }: Examples, i: number) {
  const answer = answers[i]!;
  return {
    index: answer.index,
    true: classes[answer.true] ?? String(answer.true),
    predicted: classes[answer.predicted] ?? String(answer.predicted),
    confidence: answer.confidence,
    pixels: [...images.subarray(i * rows * cols, (i + 1) * rows * cols)],
  };
}
