import type { ProjectOptions } from "../project/project.ts";
import type { RunReporter } from "./run-reporter.ts";

export interface RunOptions extends ProjectOptions {
  /** Its name; several with commas between them are run as one. */
  pipeline: string;
  runId?: string;
  nodes?: string[];
  fromNodes?: string[];
  toNodes?: string[];
  fromInputs?: string[];
  toOutputs?: string[];
  tags?: string[];
  namespaces?: string[];
  /** One after the other when left out. */
  runner?: RunnerName;
  /** Nodes that may go on at once, for runners that run more than one. As many as are independent when left out. */
  maxWorkers?: number;
  /** The version to load in place of the newest, by dataset name. */
  loadVersions?: Record<string, string>;
  /** Leaves out nodes whose outputs exist, by Kedro's rule; then the cache is not asked. */
  onlyMissingOutputs?: boolean;
  /** Leaves out nodes whose inputs, parameters and code are unchanged. False when left out: every node runs. */
  isCached?: boolean;
  /** Goes on with the nodes that do not need what a failed one should have made. */
  continueOnError?: boolean;
  /** The id of a run that failed or was cancelled: what it was asked for is done to its end. */
  resume?: string;
  /** False: only the built-in pipelines, no code of the project is loaded. True when left out. */
  canLoadCode?: boolean;
  /** The command line as it was typed, for the run record. */
  commandLine: string;
  onProgress: RunReporter;
}

/** Kedro's names. ThreadRunner and ParallelRunner are the same here. */
export const RUNNERS = ["SequentialRunner", "ParallelRunner", "ThreadRunner"] as const;

export type RunnerName = (typeof RUNNERS)[number];
