/** The result of a successful run, as `tegaki run --json` prints it. */
export interface RunSummary {
  run_id: string;
  pipeline: string;
  status: "done";
  seconds: number;
  /** Nodes that were skipped, and why. */
  skipped: { node: string; reason: string }[];
  metrics: Record<string, unknown>;
  /** The registered model; null for none. */
  model_version: number | null;
  /** Whether that model became the champion. */
  promoted: boolean;
  /** The path of its report from the project directory; null when it wrote none. */
  report: string | null;
}
