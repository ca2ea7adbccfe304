import type { Metrics } from "../domain/metrics.ts";
export interface Registered {
  metrics: Metrics;
  modelVersion: number | null;
  isPromoted: boolean;
}
