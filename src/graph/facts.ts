import type { RunStatus } from "../domain/runs/run.ts";
import type { Saying } from "../lib/saying.ts";
import type { RunFrame } from "./run-frame.ts";

/** Facts about nodes and datasets from the newest runs, by name. */
export interface GraphFacts {
  nodes: Readonly<Record<string, NodeFact>>;
  datasets: Readonly<Record<string, DatasetFact>>;
}

/** The last execution of a node. */
export interface NodeFact {
  runId: string;
  at: string;
  durationMs: number;
}

/** The last record of a dataset, as an input or output of a node. */
export interface DatasetFact {
  runId: string;
  /** Rows first; null for a value without a shape. */
  shape: readonly number[] | null;
  version: string | null;
}

/** A run that the graph can show. */
export interface RunChoice {
  id: string;
  status: RunStatus;
  /** When it started, or was requested if it has not started; ISO 8601, UTC. */
  at: string;
}

/** The run that the graph shows. */
export interface ShownRun extends RunChoice {
  error: string | null;
  /** The error as data, for pages in other languages. */
  says?: Saying;
  frames: readonly RunFrame[];
  /** Time of its first event, in ms; null before that. */
  startMs: number | null;
  /** `seq` of the last event in the frames; 0 before the first. */
  seq: number;
}

/** No facts, for a project without runs. */
export const NO_FACTS: GraphFacts = { nodes: {}, datasets: {} };
