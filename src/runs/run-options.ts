import type { ProjectOptions } from "../project/project.ts";
import type { RunReporter } from "./run-reporter.ts";

/** The options of `tegaki run`. */
export interface RunOptions extends ProjectOptions {
  /** The pipeline's name; several names, separated by commas, run as one pipeline. */
  pipeline: string;
  /** The id under which the scheduler stored the run; a new one when omitted. */
  runId?: string;
  nodes?: string[];
  fromNodes?: string[];
  toNodes?: string[];
  fromInputs?: string[];
  toOutputs?: string[];
  tags?: string[];
  namespaces?: string[];
  /** `SequentialRunner` by default. */
  runner?: RunnerName;
  /** Number of nodes that may run at once, for parallel runners. Not limited by default. */
  maxWorkers?: number;
  /** The version to load instead of the newest, by dataset name. */
  loadVersions?: Record<string, string>;
  /** Skips nodes whose outputs exist, by Kedro's rule; the cache is then not used. */
  onlyMissingOutputs?: boolean;
  /** Skips nodes whose inputs, parameters, catalog entries and code are unchanged. False by default: every node runs. */
  isCached?: boolean;
  /** Continues with the nodes that do not depend on a failed one. */
  continueOnError?: boolean;
  /** The id of a failed or cancelled run to continue, with its own options. */
  resume?: string;
  /** False: only built-in pipelines, and no code of the project is loaded. True by default. */
  canLoadCode?: boolean;
  /** The command line as typed, for the run record. */
  commandLine: string;
  onProgress: RunReporter;
}

/** Kedro's names of runners. ThreadRunner and ParallelRunner are the same here. */
export const RUNNERS = ["SequentialRunner", "ParallelRunner", "ThreadRunner"] as const;

/** The name of a runner. */
type RunnerName = (typeof RUNNERS)[number];
