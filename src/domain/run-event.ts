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

/** Follows run events of every process that writes to the store; fed by the composition root. */
export interface EventFeed {
  /** @returns how to unsubscribe. */
  subscribe(listener: (event: RunEvent) => void): () => void;
}
