export interface RunEvent {
  /** Grows over all runs. */
  seq: number;
  runId: string;
  at: string;
  /** "run_started", "node_started", "node_done", "node_skipped", "node_failed", "progress", "log", "gate", "promoted", "run_done", "run_failed", "run_cancelled". */
  type: string;
  node: string | null;
  data: Record<string, unknown>;
}
