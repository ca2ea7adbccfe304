import type { Metrics } from "../domain/metrics.ts";

/** The result of registering a run's model. */
export interface Registered {
  metrics: Metrics;
  /** Null when the run registered no model. */
  modelVersion: number | null;
  /** Whether it became the champion. */
  isPromoted: boolean;
}
