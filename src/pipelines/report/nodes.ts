import type { ExamplesBySet } from "../../domain/examples.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";
import type { decideGate } from "../../model-registry/gate.ts";
import type { TrainHistory, TrainReport } from "../ds/nodes.ts";
import type { TuneReport } from "../ft/nodes.ts";

type GateDecision = ReturnType<typeof decideGate>;

/** All that is told of a training on one page. */
export interface RunReport {
  training: TrainHistory;
  /** Drawings that were learned from, by label; null when it learned from none. */
  drawings: Record<string, number> | null;
  /** By the name of the set, as the run's metrics. */
  metrics: Record<string, EvaluationReport>;
  examples: ExamplesBySet;
  /** Null when nothing judged the model. */
  gate: GateDecision | null;
}

/** What a training from zero tells. */
export function gatherTrainReport(report: TrainReport, examples: ExamplesBySet): RunReport {
  const { history, best_epoch, mnist_test } = report;
  return { training: { history, best_epoch }, drawings: null, metrics: { mnist_test }, examples, gate: null };
}

/** What a fine-tuning tells, with the gate's word on it. */
export function gatherTuneReport(
  { history, best_epoch, drawings_by_label }: TuneReport,
  metrics: Record<string, EvaluationReport>,
  gate: GateDecision,
  examples: ExamplesBySet,
): RunReport {
  return { training: { history, best_epoch }, drawings: drawings_by_label, metrics, examples, gate };
}
