import type { Saying } from "../../lib/saying.ts";
import type { ThrownError } from "../../lib/thrown-error.ts";
import type { Actor } from "../actor.ts";
import type { Metrics } from "../metrics.ts";
import type { RunSlice } from "./run-slice.ts";

/** The statuses of a run. */
export const RUN_STATUSES = ["queued", "running", "done", "failed", "cancelled"] as const;
/** The status of a run. */
export type RunStatus = (typeof RUN_STATUSES)[number];

/** A final status. */
export type EndStatus = Exclude<RunStatus, "queued" | "running">;

/** Whether a run has a final status. */
export function hasEnded<R extends { status: RunStatus }>(run: R): run is R & { status: EndStatus } {
  return run.status !== "queued" && run.status !== "running";
}

/** A run that is not yet stored. */
export interface NewRun {
  id: string;
  pipeline: string;
  /** The caller's parameter overrides, as for `--params`. */
  params: Record<string, unknown>;
  /** "cli", "api", "page", or what made the scheduler start it: "new_samples", "corrections", "max_age", "cron", "drift". */
  trigger: string;
  /** The command line that repeats the run. */
  command: string;
  /** Unknown when omitted. */
  startedBy?: Actor | null;
}

/** A stored run. Times are ISO 8601, UTC. */
export interface Run extends NewRun {
  status: RunStatus;
  /** Null in older records. */
  startedBy: Actor | null;
  /** Who cancelled it; null unless its status is `cancelled`, and in older records. */
  cancelledBy: Actor | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Process id of the run's process while it is running. */
  pid: number | null;
  seed: number | null;
  threads: number | null;
  versions: Record<string, string>;
  /** The newest sample that it trained on; later samples count towards the next training run. */
  lastSampleId: string | null;
  metrics: Metrics;
  error: string | null;
  /** The model version it registered, if any. */
  modelVersion: number | null;
}

/** Details of a run that `Run` does not have: its inputs, and the causes of its error. */
export interface RunDetails {
  env: string | null;
  /** The requested slice of the pipeline, by flag: `{from_nodes: [...], tags: [...]}`; empty for all of it. */
  slice: Record<string, string[]>;
  /** The parameters in effect: every layer and override merged. */
  parameters: Record<string, unknown>;
  /** "SequentialRunner" or "ParallelRunner". */
  runner: string;
  /** The version under which it saves versioned datasets. */
  dataVersion: string;
  /** The run that it resumes. */
  resumedFrom: string | null;
  /** The chain of causes of the run's error, from the nearest to the original, with their stacks. */
  causes: RunCause[];
}

/** One of the causes of a run's error. Its stack names files of the machine, and is not shown. */
export interface RunCause extends ThrownError {
  /** The node that threw it; null outside of nodes. */
  node: string | null;
  stack: string | null;
}

/** One input or output of a node during a run. */
export interface RunDataset {
  name: string;
  /** Content hash; null for a value held in memory, or one that cannot be hashed without loading it. */
  fingerprint: string | null;
  /** The version that was loaded or saved; null when the dataset is not versioned. */
  version: string | null;
  /** "images", "list", "number", ... */
  type: string;
  /** Rows first, as in `[54000, 28, 28]`; null for a value without rows. */
  shape: number[] | null;
  /** The columns of a table with the type of their values: of a CSV file, the types that were inferred. */
  columns?: { name: string; type: string }[];
  /** Represents its catalog entry; absent without one, and in records of older releases. */
  entry?: string;
}

/** The record of one node of a run. */
export interface RunNodeRecord {
  node: string;
  /** Its position in the pipeline's order, from 1. */
  position: number;
  /** `skipped`: it was not necessary; `not_run`: it needs an output of a failed node. */
  status: "running" | "done" | "failed" | "skipped" | "not_run";
  startedAt: string | null;
  finishedAt: string | null;
  /** Duration of the function only, without loading and saving. */
  durationMs: number | null;
  /** Why it failed, was skipped or was not run. */
  reason: string | null;
  /** For a node that a resumed run skips, here and in `outputs`: those of the earlier run. */
  inputs: RunDataset[];
  outputs: RunDataset[];
}

/** Parameters for a run, as a client sends them. */
export type GivenParams =
  /** In the syntax of `--params`. */
  | { text: string }
  /** By dotted name, each value as it is typed in `--params`. */
  | { fields: Readonly<Record<string, string>> }
  /** By dotted name. */
  | { values: Readonly<Record<string, unknown>> };

/** One reason why a run cannot start with the given parameters. */
export interface ParamProblem {
  /** The dotted name; null when the parameter has none. */
  name: string | null;
  /** For the reader, in English: it follows the name. */
  message: string;
  /** The message as data, for pages in other languages. */
  says?: Saying | undefined;
}

/** Parameters that have been checked against the configuration. */
export interface CheckedParams {
  /** By name, in groups. */
  params: Record<string, unknown>;
  /** Empty when a run can start with them. */
  problems: ParamProblem[];
}

/** The pipeline, or the part of it, that is to be run. */
export interface RunTarget {
  pipeline: string;
  /** All of it when omitted. */
  slice?: RunSlice;
}

/**
 * Checks a run before anything is stored: that its parameters are valid and that its nodes read them, and that its
 * nodes can be run on their own. @throws ConflictError when the configuration itself is invalid.
 */
export type CheckParams = (given: GivenParams, run: RunTarget) => Promise<CheckedParams>;
