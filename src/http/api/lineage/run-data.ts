import { Hono } from "hono";
import * as v from "valibot";
import type { UsedSample } from "../../../domain/lineage/lineage-store.ts";
import { DATA_SIDES } from "../../../domain/lineage/run-data.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { findRun } from "../../find-run.ts";
import { describe } from "../describe.ts";
import { SampleSummarySchema, sampleSummaryJson } from "../sample-json.ts";
import { pathParams, query, strict } from "../validate.ts";
import { pageEntries } from "./page-query.ts";
import { sideEntries } from "./sample-lineage.ts";

const RunDataSchema = v.pipe(
  v.object({
    run_id: v.string(),
    sha256: v.pipe(
      v.string(),
      v.description("The data version: equal for the same drawings with the same labels on the same sides"),
    ),
    counts: v.object({ train: v.number(), valid: v.number(), holdout: v.number(), left_out: v.number() }),
    samples: v.array(
      v.object({
        sample_id: v.pipe(v.nullable(v.string()), v.description("Null when it is forgotten")),
        ...sideEntries,
        sample: v.pipe(
          v.nullable(SampleSummarySchema),
          v.description("As it is now; null when it is deleted or forgotten"),
        ),
      }),
    ),
    next_cursor: v.nullable(v.string()),
  }),
  v.metadata({ ref: "RunData" }),
);

/** `GET /runs/{id}/data`: exactly which drawings a run was trained, validated and evaluated on. */
export function createRunDataApi(deps: Pick<AppDeps, "store">): Hono {
  const { lineage } = deps.store;
  return new Hono().get(
    "/:id/data",
    describe({
      id: "getRunData",
      tag: "Lineage",
      summary: "The data version of a run, and its samples",
      answers: { 200: { description: "One page of samples", schema: RunDataSchema } },
      errors: [400, 404, 422],
    }),
    pathParams(v.object({ id: v.string() })),
    query(strict({ ...pageEntries, side: v.optional(v.picklist(DATA_SIDES)) })),
    async (c) => {
      const run = await findRun(deps, c.req.param("id"));
      const data = await lineage.runData(run.id);
      if (data === null) {
        throw new NotFoundError(
          `Run ${run.id} has recorded no data: it used no samples, or is of an earlier release.`,
        );
      }
      const { samples, nextCursor } = await lineage.runSamples(run.id, c.req.valid("query"));
      return c.json({ run_id: run.id, ...data, samples: samples.map(usedJson), next_cursor: nextCursor });
    },
  );
}

function usedJson({ sampleId, side, reason, label, sample }: UsedSample) {
  return {
    sample_id: sampleId,
    side,
    reason,
    label,
    sample: sample === null ? null : sampleSummaryJson(sample),
  };
}
