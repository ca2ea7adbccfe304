import type { RunStatus } from "../domain/runs/run.ts";
import type { SkipCause } from "../domain/runs/run-event.ts";
import type { Saying } from "../lib/saying.ts";

/** The state of a node in a run. */
export type NodeState = "pending" | "running" | "done" | "skipped" | "failed" | "cancelled";

/** One event of a run, as far as the graph shows it. */
export interface RunFrame {
  /** Milliseconds since the run's first event. */
  atMs: number;
  type: "run" | "running" | "progress" | "done" | "skipped" | "failed" | "cancelled" | "over";
  node: string | null;
  /** All nodes of the run; with `run` only. */
  nodes?: readonly string[];
  /** How it ended; with `over` only. */
  status?: RunStatus;
  /** 0..1; with `progress` only. */
  progress?: number | null;
  /** A short text, the same in every language: "2/3"; with `skipped` and `failed`, the reason. */
  note?: string;
  /** Why a node was skipped, as the engine's `Skip.cause`; only with `skipped`, absent from older runs. */
  cause?: SkipCause;
  /** The note of a failure as data, for pages in other languages. */
  says?: Saying;
  durationMs?: number | null;
}

/** A live frame as a page receives it, with its run and time. Its own `atMs` is 0. */
export interface HeardFrame {
  runId: string;
  /** ISO 8601, UTC. */
  at: string;
  frame: RunFrame;
}
