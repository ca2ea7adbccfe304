import type { ThrownError } from "../lib/thrown-error.ts";

/** Receives the progress of a run, for display in a terminal. */
export interface RunReporter {
  /** Called before the first node. */
  warn(message: string): void;
  /**
   * @param index  from 1.
   * @param reason why a node that has been run before runs again: `catalog entry of "raw" changed`.
   */
  nodeStarted(node: string, index: number, count: number, reason?: string): void;
  progress(node: string, data: Record<string, unknown>): void;
  log(node: string, message: string): void;
  nodeDone(node: string, durationMs: number): void;
  /** @param thrown what the node threw, with the places in the project's files. Only called when there is one. */
  nodeFailed(node: string, thrown: readonly ThrownError[]): void;
  /** @param what the outcome with its reason: "skipped: ...", "not run: ...". */
  nodeSkipped(node: string, index: number, count: number, what: string): void;
  /** Called once, after the last node. */
  end(): void;
}
