import { availableParallelism } from "node:os";
import type { ReportOptions, RunReport } from "../domain/runs/run-report.ts";
import type { Clock } from "../lib/clock.ts";
import type { Embedded } from "./embedded.ts";

/** The process's resources, passed to all components. Only `main.ts` reads them from the environment. */
export interface Runtime {
  version: string;
  embedded: Embedded;
  /** The kernels' worker, resolved by the entry file. */
  kernelWorkerUrl: URL;
  /** The worker that augments images for training, resolved by the entry file. */
  augmentWorkerUrl: URL;
  /** The worker that draws graphs, resolved by the entry file. */
  graphWorkerUrl: URL;
  /** The worker that keeps the server's store, resolved by the entry file. */
  storeWorkerUrl: URL;
  /** The command that starts this program again: the executable, or Bun and the entry file. */
  command: readonly string[];
  environ: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  /** Renders the report of a run as a self-contained HTML page: in English, made now by this program, by default. */
  renderReport(report: RunReport, options?: ReportOptions): Promise<string>;
  /** Prints a line to standard error, separate from a command's result. */
  note(line: string): void;
  /** Prints a line for the user. */
  print(line: string): void;
}

/** More threads do not speed up training at the usual batch sizes. */
const MAX_TRAINING_THREADS = 8;

/** Returns the number of training threads: one per core, at most 8. Recorded, because it affects the trained model. */
export function trainingThreads(): number {
  return Math.min(availableParallelism(), MAX_TRAINING_THREADS);
}
