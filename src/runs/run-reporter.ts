/** What a run tells whoever watches it. */
export interface RunReporter {
  /** Said before the first node. */
  warn(message: string): void;
  nodeStarted(node: string, index: number, count: number): void;
  progress(node: string, data: Record<string, unknown>): void;
  log(node: string, message: string): void;
  nodeDone(node: string, durationMs: number): void;
  /** @param what says that, and why: "skipped: ...", "not run: ...". */
  nodeSkipped(node: string, index: number, count: number, what: string): void;
  end(): void;
}
