import type { RunStatus } from "../domain/run.ts";
import type { SkipCause } from "../domain/run-event.ts";

/** How a node stands in a run. */
export type NodeState = "pending" | "running" | "done" | "skipped" | "failed" | "cancelled";

/** One thing that a run said, as far as the graph shows it. */
export interface RunFrame {
  /** Since the run's first event. */
  atMs: number;
  type: "run" | "running" | "progress" | "done" | "skipped" | "failed" | "cancelled" | "over";
  node: string | null;
  /** All nodes of the run; with `run` only. */
  nodes?: readonly string[];
  /** How it ended; with `over` only. */
  status?: RunStatus;
  /** 0..1; with `progress` only. */
  progress?: number | null;
  /** In few letters, the same in every language: "2/3". Why, with `skipped` and `failed`. */
  note?: string;
  /** Why a node was skipped, as a word of the engine's (`Skip.cause`); with `skipped` only, absent from older runs. */
  cause?: SkipCause;
  durationMs?: number | null;
}

/** A frame as a page hears of it: which run it is of, and when it was. Its own `atMs` is 0. */
export interface HeardFrame {
  runId: string;
  /** ISO 8601, UTC. */
  at: string;
  frame: RunFrame;
}
