import { decodeActor } from "../../domain/actor.ts";
import { decodeMetrics } from "../../domain/metrics.ts";
import { type NewRun, RUN_STATUSES, type Run } from "../../domain/runs/run.ts";
import { decodeRunEvent, type RunEvent } from "../../domain/runs/run-event.ts";
import { type RawRow, Row } from "../row.ts";

/** The fields of a run that may change. */
export type RunChange = Partial<Omit<Run, keyof NewRun | "createdAt">>;

/** The column of each field of a run that may change. */
export const RUN_COLUMNS: Record<keyof RunChange, string> = {
  status: "status",
  startedAt: "started_at",
  finishedAt: "finished_at",
  pid: "pid",
  seed: "seed",
  threads: "threads",
  versions: "versions",
  lastSampleId: "last_sample_id",
  metrics: "metrics",
  error: "error",
  modelVersion: "model_version",
  cancelledBy: "cancelled_by",
};

/** Converts a row of `runs`. @throws UnavailableError when a column has a value of another type. */
export function runFromRow(raw: RawRow): Run {
  const row = new Row("runs", raw);
  const status = row.oneOf("status", RUN_STATUSES);
  return {
    id: row.text("id"),
    pipeline: row.text("pipeline"),
    params: row.json("params"),
    trigger: row.text("trigger"),
    command: row.text("command"),
    status,
    startedBy: decodeActor(row.textOrNull("started_by")),
    // Recorded when the run is to be cancelled: it may end in another way before.
    cancelledBy: status === "cancelled" ? decodeActor(row.textOrNull("cancelled_by")) : null,
    createdAt: row.text("created_at"),
    startedAt: row.textOrNull("started_at"),
    finishedAt: row.textOrNull("finished_at"),
    pid: row.integerOrNull("pid"),
    seed: row.integerOrNull("seed"),
    threads: row.integerOrNull("threads"),
    versions: row.json("versions"),
    lastSampleId: row.textOrNull("last_sample_id"),
    metrics: decodeMetrics(row.json("metrics")),
    error: row.textOrNull("error"),
    modelVersion: row.integerOrNull("model_version"),
  };
}

/** Converts a row of `run_events`. @throws UnavailableError when a column has a value of another type. */
export function eventFromRow(raw: RawRow): RunEvent {
  const row = new Row("run_events", raw);
  const body = decodeRunEvent({
    type: row.text("type"),
    node: row.textOrNull("node"),
    data: row.json("data"),
  });
  return { seq: row.integer("seq"), runId: row.text("run_id"), at: row.text("at"), ...body };
}
