import type { ExamplesBySet } from "../../domain/examples.ts";
import type { GateRecord } from "../../domain/gate.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";
import type { RunReport } from "../../domain/runs/run-report.ts";
import type { TrainReport } from "../ds/nodes.ts";
import type { TuneReport } from "../ft/nodes.ts";

/** The report of training from scratch. */
export function gatherTrainReport(report: TrainReport, examples: ExamplesBySet): RunReport {
  const { history, best_epoch, mnist_test } = report;
  return { training: { history, best_epoch }, drawings: null, metrics: { mnist_test }, examples, gate: null };
}

/** The report of fine-tuning, with the gate's decision. */
export function gatherTuneReport(
  { history, best_epoch, drawings_by_label }: TuneReport,
  metrics: Record<string, EvaluationReport>,
  gate: GateRecord,
  examples: ExamplesBySet,
): RunReport {
  return { training: { history, best_epoch }, drawings: drawings_by_label, metrics, examples, gate };
}
