/** Receives the progress of a run, for display in a terminal. */
export interface RunReporter {
  /** Called before the first node. */
  warn(message: string): void;
  /** @param index from 1. */
  nodeStarted(node: string, index: number, count: number): void;
  progress(node: string, data: Record<string, unknown>): void;
  log(node: string, message: string): void;
  nodeDone(node: string, durationMs: number): void;
  /** @param what the outcome with its reason: "skipped: ...", "not run: ...". */
  nodeSkipped(node: string, index: number, count: number, what: string): void;
  /** Called once, after the last node. */
  end(): void;
}
