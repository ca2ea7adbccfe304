import type { Metrics } from "./metrics.ts";

/** How a run stands. */
export const RUN_STATUSES = ["queued", "running", "done", "failed", "cancelled"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** A status that a run keeps. */
export type EndStatus = Exclude<RunStatus, "queued" | "running">;

/** Whether a run has a status that it keeps. */
export function hasEnded<R extends { status: RunStatus }>(run: R): run is R & { status: EndStatus } {
  return run.status !== "queued" && run.status !== "running";
}

export interface NewRun {
  id: string;
  pipeline: string;
  /** Overrides given by the caller, as `--params` would. */
  params: Record<string, unknown>;
  /** "cli", "api", "page", "new_samples". */
  trigger: string;
  /** The command line that repeats it. */
  command: string;
}

export interface Run extends NewRun {
  status: RunStatus;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Process id of the child while it runs. */
  pid: number | null;
  seed: number | null;
  threads: number | null;
  versions: Record<string, string>;
  /** The newest sample that it trained on; the counter to the next training starts after it. */
  lastSampleId: string | null;
  metrics: Metrics;
  error: string | null;
  /** The model version it registered, if any. */
  modelVersion: number | null;
}

/** What a run was given, beside what `Run` says. */
export interface RunDetails {
  env: string | null;
  /** The part of the pipeline that was asked for, by flag: `{from_nodes: [...], tags: [...]}`; empty for all of it. */
  slice: Record<string, string[]>;
  /** The parameters in effect: every layer and override merged. */
  parameters: Record<string, unknown>;
  /** "SequentialRunner", "ParallelRunner". */
  runner: string;
  /** The stamp of the versions that it saves. */
  dataVersion: string;
  /** The run that it continues. */
  resumedFrom: string | null;
  /** What the run's error came from, the nearest first, down to the original with its stack. */
  causes: { name: string; message: string; stack: string | null }[];
}

/** One input or output of a node, as it was in a run. */
export interface RunDataset {
  name: string;
  /** Content hash; null for what is held in memory, or cannot be hashed without being loaded. */
  fingerprint: string | null;
  /** The version that was loaded or saved; null where there are none. */
  version: string | null;
  /** "images", "list", "number", ... */
  type: string;
  /** Rows first, as `[54000, 28, 28]`; null for what has no rows. */
  shape: number[] | null;
}

export interface RunNodeRecord {
  node: string;
  /** 1, 2, 3, ...: its place in the pipeline's order. */
  position: number;
  /** `skipped`: it was not necessary; `not_run`: it needs what a failed node should have made. */
  status: "running" | "done" | "failed" | "skipped" | "not_run";
  startedAt: string | null;
  finishedAt: string | null;
  /** Of the function alone; loading and saving are not in it. */
  durationMs: number | null;
  /** Why it failed, was skipped or not run. */
  reason: string | null;
  inputs: RunDataset[];
  /** Of a node that a resumed run skips: those that the run before it saved. */
  outputs: RunDataset[];
}
