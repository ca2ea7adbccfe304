import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { ActorSchema } from "../../domain/actor.ts";
import { encodeMetrics } from "../../domain/metrics.ts";
import {
  RUN_STATUSES,
  type Run,
  type RunCause,
  type RunDataset,
  type RunDetails,
  type RunNodeRecord,
} from "../../domain/runs/run.ts";
import type { RunAnnotations } from "../../domain/runs/run-annotations.ts";
import { encodeRunEvent, type RunEvent, ThrownErrorSchema } from "../../domain/runs/run-event.ts";

/** The status of a run. */
export const RunStatusSchema = v.picklist(RUN_STATUSES);

const AnnotationsSchema = {
  tags: v.array(v.string()),
  note: v.pipe(
    v.nullable(v.object({ text: v.string(), at: v.string(), by: v.nullable(ActorSchema) })),
    v.description("With who wrote it last; null without one"),
  ),
};

/** A run as lists show it. */
export const RunSchema = v.pipe(
  v.object({
    id: v.string(),
    pipeline: v.string(),
    params: v.record(v.string(), v.unknown()),
    trigger: v.string(),
    started_by: v.pipe(v.nullable(ActorSchema), v.description("null in older records")),
    cancelled_by: v.pipe(v.nullable(ActorSchema), v.description("null unless the run was cancelled")),
    command: v.string(),
    status: RunStatusSchema,
    created_at: v.string(),
    started_at: v.nullable(v.string()),
    finished_at: v.nullable(v.string()),
    seed: v.nullable(v.number()),
    threads: v.nullable(v.number()),
    versions: v.record(v.string(), v.string()),
    last_sample_id: v.nullable(v.string()),
    metrics: v.record(v.string(), v.unknown()),
    error: v.nullable(v.string()),
    model_version: v.nullable(v.number()),
    ...AnnotationsSchema,
  }),
  v.metadata({ ref: "Run" }),
);

const text = v.nullable(v.string());

const RunDatasetSchema = v.object({
  name: v.string(),
  fingerprint: v.pipe(text, v.description("Content hash; null for what is held in memory")),
  version: text,
  type: v.string(),
  shape: v.pipe(v.nullable(v.array(v.number())), v.description("Rows first")),
  columns: v.pipe(
    v.nullable(v.array(v.object({ name: v.string(), type: v.string() }))),
    v.description(
      'The columns of a table with the type of their values ("number", "string", "boolean", "mixed", "null", ...): of a CSV file, the inferred types. Null for other values, and for more than 1,000 columns',
    ),
  ),
});

const RunNodeSchema = v.pipe(
  v.object({
    node: v.string(),
    status: v.picklist(["running", "done", "failed", "skipped", "not_run"]),
    started_at: text,
    finished_at: text,
    duration_ms: v.nullable(v.number()),
    reason: v.pipe(text, v.description("Why it failed, was skipped or not run")),
    inputs: v.array(RunDatasetSchema),
    outputs: v.array(RunDatasetSchema),
  }),
  v.metadata({ ref: "RunNode" }),
);

/** One run with all its details, which runs in a list do not have. */
export const RunRecordSchema = v.pipe(
  v.object({
    ...RunSchema.entries,
    env: text,
    slice: v.record(v.string(), v.array(v.string())),
    parameters: v.pipe(
      v.nullable(v.record(v.string(), v.unknown())),
      v.description("All parameters in effect; null for a run that has not started"),
    ),
    runner: text,
    data_version: text,
    resumed_from: text,
    causes: v.pipe(
      v.array(v.object({ node: v.nullable(v.string()), ...ThrownErrorSchema.entries })),
      v.description(
        "The causes of the error, the nearest first: what a node threw, with the calls in files of the project, the innermost first. A call without a column is the line where the node's function begins",
      ),
    ),
    nodes: v.array(RunNodeSchema),
  }),
  v.metadata({ ref: "RunRecord" }),
);

/** An event of a run. */
export const RunEventSchema = v.pipe(
  v.object({
    seq: v.number(),
    run_id: v.string(),
    at: v.string(),
    type: v.string(),
    node: v.nullable(v.string()),
    data: v.record(v.string(), v.unknown()),
  }),
  v.metadata({ ref: "RunEvent" }),
);

/** An event as the stream sends it; its data is a `RunEvent` as JSON. */
export const SentEventSchema = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.description("The event's `seq`")),
    event: v.pipe(v.string(), v.description("The event's `type`")),
    data: v.pipe(
      v.string(),
      v.metadata({ contentMediaType: "application/json", contentSchema: jsonSchemaOf(RunEventSchema) }),
    ),
  }),
  v.metadata({ ref: "SentRunEvent" }),
);

function jsonSchemaOf(schema: v.GenericSchema) {
  const { $schema: _, ref: __, ...own } = toJsonSchema(schema) as Record<string, unknown>;
  return own;
}

/** Converts a run for lists. */
export function runJson(run: Run, annotations: RunAnnotations): v.InferOutput<typeof RunSchema> {
  return {
    id: run.id,
    pipeline: run.pipeline,
    params: run.params,
    trigger: run.trigger,
    started_by: run.startedBy,
    cancelled_by: run.cancelledBy,
    command: run.command,
    status: run.status,
    created_at: run.createdAt,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    seed: run.seed,
    threads: run.threads,
    versions: run.versions,
    last_sample_id: run.lastSampleId,
    metrics: encodeMetrics(run.metrics),
    error: run.error,
    model_version: run.modelVersion,
    ...annotationsJson(annotations),
  };
}

/** Converts what people have written about a run. */
export function annotationsJson({ tags, note }: RunAnnotations) {
  return { tags: tags.map(({ tag }) => tag), note: note === null ? null : { ...note } };
}

/** Converts a run with all its details, except stack traces, because they name files of the machine. */
export function runRecordJson(
  run: Run,
  details: RunDetails | null,
  nodes: readonly RunNodeRecord[],
  annotations: RunAnnotations,
): v.InferOutput<typeof RunRecordSchema> {
  return {
    ...runJson(run, annotations),
    env: details?.env ?? null,
    slice: details?.slice ?? {},
    parameters: details?.parameters ?? null,
    runner: details?.runner ?? null,
    data_version: details?.dataVersion ?? null,
    resumed_from: details?.resumedFrom ?? null,
    causes: (details?.causes ?? []).map(causeJson),
    nodes: nodes.map(runNodeJson),
  };
}

function causeJson({
  node,
  name,
  message,
  frames,
}: RunCause): v.InferOutput<typeof RunRecordSchema>["causes"][number] {
  return { node, name, message, frames: [...frames] };
}

function runNodeJson(record: RunNodeRecord): v.InferOutput<typeof RunNodeSchema> {
  return {
    node: record.node,
    status: record.status,
    started_at: record.startedAt,
    finished_at: record.finishedAt,
    duration_ms: record.durationMs,
    reason: record.reason,
    inputs: record.inputs.map(datasetJson),
    outputs: record.outputs.map(datasetJson),
  };
}

function datasetJson({ name, fingerprint, version, type, shape, columns }: RunDataset) {
  return { name, fingerprint, version, type, shape, columns: columns ?? null };
}

/** Converts an event. */
export function runEventJson(event: RunEvent): v.InferOutput<typeof RunEventSchema> {
  return {
    seq: event.seq,
    run_id: event.runId,
    at: event.at,
    ...encodeRunEvent(event),
  };
}
