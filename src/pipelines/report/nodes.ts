import type { ExamplesBySet } from "../../domain/examples.ts";
import type { GateRecord } from "../../domain/gate.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";
import type { RunReport } from "../../domain/run-report.ts";
import type { TrainReport } from "../ds/nodes.ts";
import type { TuneReport } from "../ft/nodes.ts";

/** What a training from zero tells. */
export function gatherTrainReport(report: TrainReport, examples: ExamplesBySet): RunReport {
  const { history, best_epoch, mnist_test } = report;
  return { training: { history, best_epoch }, drawings: null, metrics: { mnist_test }, examples, gate: null };
}

/** What a fine-tuning tells, with the gate's word on it. */
export function gatherTuneReport(
  { history, best_epoch, drawings_by_label }: TuneReport,
  metrics: Record<string, EvaluationReport>,
  gate: GateRecord,
  examples: ExamplesBySet,
): RunReport {
  return { training: { history, best_epoch }, drawings: drawings_by_label, metrics, examples, gate };
}
