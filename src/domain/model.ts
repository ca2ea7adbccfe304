import type { GateRecord } from "./gate.ts";
import type { Metrics } from "./metrics.ts";

/** `candidate`: not yet promoted; `rejected`: failed the gate; `ready`: was promoted; `broken`: cannot be loaded. */
export type ModelState = "candidate" | "rejected" | "ready" | "broken";

/** A model version that is not yet registered. */
export interface NewModel {
  name: string;
  /** Relative to the data directory, "/" between parts; or "builtin:base". */
  key: string;
  /** Lower-case hex, over model.json followed by weights.bin. */
  sha256: string;
  /** The run that made it; null when it was not made by a run. */
  runId: string | null;
  /** The version that it was fine-tuned from; null when it was not fine-tuned. */
  parentVersion: number | null;
  metrics: Metrics;
  gate: GateRecord | null;
  state: ModelState;
}

/** A registered model version. */
export interface Model extends NewModel {
  /** 1, 2, 3, ...: never reused. */
  version: number;
  /** ISO 8601, UTC. */
  createdAt: string;
}
