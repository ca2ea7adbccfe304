import { availableParallelism } from "node:os";
import type { RunReport } from "../domain/run-report.ts";
import type { Clock } from "../lib/clock.ts";
import type { Embedded } from "./embedded.ts";

/** What the process gives to everything that is composed here. Only `main.ts` reads it from the outside. */
export interface Runtime {
  version: string;
  embedded: Embedded;
  /** Where the kernels' worker is: resolved by the entry file. */
  kernelWorkerUrl: URL;
  /** Where the worker that draws graphs is, likewise. */
  graphWorkerUrl: URL;
  /** How to start this program again: the executable, or Bun and the entry file. */
  command: readonly string[];
  environ: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  /** Draws the report of a run as an HTML page of one file. */
  renderReport(report: RunReport): Promise<string>;
  /** Says a line beside a command's result: to standard error. */
  note(line: string): void;
  /** Prints a line for a person. */
  print(line: string): void;
}

/** More threads than this bring nothing at the batch sizes in use. */
const MAX_TRAINING_THREADS = 8;

/** Threads that a run trains on: one a core. Recorded with the run, for a model repeats only with the same count. */
export function trainingThreads(): number {
  return Math.min(availableParallelism(), MAX_TRAINING_THREADS);
}
