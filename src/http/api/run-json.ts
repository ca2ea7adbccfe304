import * as v from "valibot";
import type { Run, RunEvent } from "../../storage/store.ts";

export const RunStatusSchema = v.picklist(["queued", "running", "done", "failed", "cancelled"]);

export const RunSchema = v.pipe(
  v.object({
    id: v.string(),
    pipeline: v.string(),
    params: v.record(v.string(), v.unknown()),
    trigger: v.string(),
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
  }),
  v.metadata({ ref: "Run" }),
);

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

export function runJson(run: Run): v.InferOutput<typeof RunSchema> {
  return {
    id: run.id,
    pipeline: run.pipeline,
    params: run.params,
    trigger: run.trigger,
    command: run.command,
    status: run.status,
    created_at: run.createdAt,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    seed: run.seed,
    threads: run.threads,
    versions: run.versions,
    last_sample_id: run.lastSampleId,
    metrics: run.metrics,
    error: run.error,
    model_version: run.modelVersion,
  };
}

export function runEventJson(event: RunEvent): v.InferOutput<typeof RunEventSchema> {
  return {
    seq: event.seq,
    run_id: event.runId,
    at: event.at,
    type: event.type,
    node: event.node,
    data: event.data,
  };
}
