import type { RunStatus } from "../domain/run.ts";
import type { RunFrame } from "./run-frame.ts";

/** What the newest runs tell of nodes and datasets, by name. */
export interface GraphFacts {
  nodes: Readonly<Record<string, NodeFact>>;
  datasets: Readonly<Record<string, DatasetFact>>;
}

export interface NodeFact {
  runId: string;
  at: string;
  durationMs: number;
}

export interface DatasetFact {
  runId: string;
  /** Rows first; null for what has none. */
  shape: readonly number[] | null;
  version: string | null;
}

/** A run that can be looked at on the graph. */
export interface RunChoice {
  id: string;
  status: RunStatus;
  /** When it was asked for. */
  at: string;
}

/** The run that the graph shows. */
export interface ShownRun extends RunChoice {
  error: string | null;
  frames: readonly RunFrame[];
  /** Of its first event; null before it. */
  startMs: number | null;
  /** Of its last event that is in the frames; 0 before the first. */
  seq: number;
}

export const NO_FACTS: GraphFacts = { nodes: {}, datasets: {} };
