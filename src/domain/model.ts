import type { GateRecord } from "./gate.ts";
import type { Metrics } from "./metrics.ts";

/** The alias that serving follows. */
export const CHAMPION = "champion";

export type ModelState = "candidate" | "rejected" | "ready" | "broken";

export interface NewModel {
  name: string;
  /** Relative to the data directory, "/" between parts; or "builtin:base". */
  key: string;
  /** Lower-case hex, of model.json then weights.bin. */
  sha256: string;
  runId: string | null;
  parentVersion: number | null;
  metrics: Metrics;
  gate: GateRecord | null;
  state: ModelState;
}

export interface Model extends NewModel {
  /** 1, 2, 3, ...: never reused. */
  version: number;
  createdAt: string;
}
