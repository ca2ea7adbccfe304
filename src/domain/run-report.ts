import type { ExamplesBySet } from "./examples.ts";
import type { GateRecord } from "./gate.ts";
import type { EvaluationReport } from "./metrics.ts";
import type { EpochRecord } from "./training-progress.ts";

/** How training went, epoch by epoch. */
export interface TrainHistory {
  history: EpochRecord[];
  /** The epoch whose weights were kept. */
  best_epoch: number;
}

/** All that is told of a training on one page. */
export interface RunReport {
  training: TrainHistory;
  /** Drawings that were learned from, by label; null when it learned from none. */
  drawings: Record<string, number> | null;
  /** By the name of the set, as the run's metrics. */
  metrics: Record<string, EvaluationReport>;
  examples: ExamplesBySet;
  /** Null when nothing judged the model. */
  gate: GateRecord | null;
}
