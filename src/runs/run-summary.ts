export interface RunSummary {
  run_id: string;
  pipeline: string;
  status: "done";
  seconds: number;
  /** Nodes that were left out. */
  skipped: { node: string; reason: string }[];
  metrics: Record<string, unknown>;
  model_version: number | null;
  promoted: boolean;
  /** The page that tells of it, from the project directory; null when it made none. */
  report: string | null;
}
