import type { GateRecord } from "./gate.ts";

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
  /** e.g. mnist_test: {n, accuracy, loss}, app_holdout: {...} */
  metrics: Record<string, unknown>;
  gate: GateRecord | null;
  state: ModelState;
}

export interface Model extends NewModel {
  /** 1, 2, 3, ...: never reused. */
  version: number;
  createdAt: string;
}
