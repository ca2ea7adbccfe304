import { Hono } from "hono";
import * as v from "valibot";
import { ActorSchema } from "../../../domain/actor.ts";
import type { SampleUse, TrainedModel } from "../../../domain/lineage/lineage-store.ts";
import { DATA_SIDES } from "../../../domain/lineage/run-data.ts";
import { SAMPLE_ACTIONS, type SampleChange } from "../../../domain/lineage/sample-change.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { OpinionsSchema, opinionJson } from "../queue/agreement-json.ts";
import { pathParams, query, strict } from "../validate.ts";
import { pageEntries } from "./page-query.ts";

const text = v.nullable(v.string());

const ChangeSchema = v.pipe(
  v.object({
    at: v.string(),
    actor: v.pipe(v.nullable(ActorSchema), v.description("Who did it; null when it is not known")),
    action: v.picklist(SAMPLE_ACTIONS),
    label_from: text,
    state_from: text,
    label_to: text,
    state_to: text,
    review_to: v.pipe(
      text,
      v.description("The review that a decision of the grid, or its undo, has left; otherwise null"),
    ),
  }),
  v.metadata({ ref: "SampleChange" }),
);

/** The part that a drawing has in a run. */
export const sideEntries = {
  side: v.pipe(
    v.picklist(DATA_SIDES),
    v.description("train: trained on; valid: chose the epoch; holdout: evaluated on; left_out: not used"),
  ),
  reason: v.pipe(text, v.description("Of a drawing that was left out: why")),
  label: v.pipe(text, v.description("The label that it had then")),
};

const UseSchema = v.pipe(
  v.object({
    run_id: v.string(),
    pipeline: v.string(),
    created_at: v.string(),
    model_version: v.nullable(v.number()),
    data_sha256: v.string(),
    ...sideEntries,
  }),
  v.metadata({ ref: "SampleUse" }),
);

const TrainedModelSchema = v.pipe(
  v.object({
    version: v.number(),
    run_id: text,
    how: v.pipe(
      v.picklist(["trained", "chose_epoch", "inherited", "not_recorded"]),
      v.description(
        "inherited: the version that it was fine-tuned from has the drawing; not_recorded: its run has recorded no data, and may have used the drawing",
      ),
    ),
    label: v.pipe(text, v.description("The label that it had then; null when it is not known")),
    inherited_from: v.nullable(v.number()),
  }),
  v.metadata({ ref: "TrainedModel" }),
);

const paged = <K extends string, S extends v.GenericSchema>(name: K, item: S) =>
  v.object({ sample_id: v.string(), [name]: v.array(item), next_cursor: text });

const IdParam = v.object({ id: v.string() });
const Page = strict(pageEntries);

/** Below `/samples/{id}`: the history of a drawing, and the runs and models that used it. */
export function createSampleLineageApi({ store }: Pick<AppDeps, "store">): Hono {
  const { lineage } = store;
  const api = new Hono();

  /** @throws {NotFoundError} when there has never been such a sample. Those that are deleted have their history. */
  async function requireKnown(id: string): Promise<void> {
    if ((await store.samples.get(id)) !== null) return;
    if ((await lineage.history(id, { limit: 1 })).changes.length > 0) return;
    throw new NotFoundError(`There is no sample ${id.slice(0, 100)}.`);
  }

  api.get(
    "/:id/history",
    describe({
      id: "getSampleHistory",
      tag: "Lineage",
      summary: "Who stored, changed and deleted a sample, newest first",
      description: "Changes before this was recorded are missing. A deleted sample keeps its history.",
      answers: { 200: { description: "One page of changes", schema: paged("changes", ChangeSchema) } },
      errors: [400, 404, 422],
    }),
    pathParams(IdParam),
    query(Page),
    async (c) => {
      const id = c.req.param("id");
      await requireKnown(id);
      const { changes, nextCursor } = await lineage.history(id, c.req.valid("query"));
      return c.json({ sample_id: id, changes: changes.map(changeJson), next_cursor: nextCursor });
    },
  );

  api.get(
    "/:id/opinions",
    describe({
      id: "listOpinionsOfSample",
      tag: "Lineage",
      summary: "Answers in the label queue about a sample that had a label, oldest first",
      description: "The first 50. They are deleted with the sample, and with the labeller when forgotten.",
      answers: { 200: { description: "Second opinions, and known answers", schema: OpinionsSchema } },
      errors: [404, 503],
    }),
    pathParams(IdParam),
    async (c) => {
      const id = c.req.param("id");
      await requireKnown(id);
      const opinions = await store.opinions.ofSample(id);
      return c.json({ sample_id: id, opinions: opinions.map(opinionJson) });
    },
  );

  api.get(
    "/:id/runs",
    describe({
      id: "listRunsOfSample",
      tag: "Lineage",
      summary: "The runs that used a sample, newest first",
      answers: { 200: { description: "One page of runs", schema: paged("runs", UseSchema) } },
      errors: [400, 404, 422],
    }),
    pathParams(IdParam),
    query(Page),
    async (c) => {
      const id = c.req.param("id");
      await requireKnown(id);
      const { uses, nextCursor } = await lineage.runsOf(id, c.req.valid("query"));
      return c.json({ sample_id: id, runs: uses.map(useJson), next_cursor: nextCursor });
    },
  );

  api.get(
    "/:id/models",
    describe({
      id: "listModelsOfSample",
      tag: "Lineage",
      summary: "The models that were trained on a sample, newest first",
      description:
        "Also those that were fine-tuned from such a model: their weights have something of the drawing too.",
      answers: { 200: { description: "One page of models", schema: paged("models", TrainedModelSchema) } },
      errors: [400, 404, 422],
    }),
    pathParams(IdParam),
    query(Page),
    async (c) => {
      const id = c.req.param("id");
      await requireKnown(id);
      const { models, nextCursor } = await lineage.modelsOf(id, c.req.valid("query"));
      return c.json({ sample_id: id, models: models.map(trainedModelJson), next_cursor: nextCursor });
    },
  );

  return api;
}

function changeJson(change: SampleChange): v.InferOutput<typeof ChangeSchema> {
  return {
    at: change.at,
    actor: change.actor === null ? null : { ...change.actor },
    action: change.action,
    label_from: change.labelFrom,
    state_from: change.stateFrom,
    label_to: change.labelTo,
    state_to: change.stateTo,
    review_to: change.reviewTo,
  };
}

function useJson(use: SampleUse): v.InferOutput<typeof UseSchema> {
  return {
    run_id: use.runId,
    pipeline: use.pipeline,
    created_at: use.createdAt,
    model_version: use.modelVersion,
    data_sha256: use.dataSha256,
    side: use.side,
    reason: use.reason,
    label: use.label,
  };
}

function trainedModelJson(model: TrainedModel): v.InferOutput<typeof TrainedModelSchema> {
  return {
    version: model.version,
    run_id: model.runId,
    how: model.how,
    label: model.label,
    inherited_from: model.inheritedFrom,
  };
}
