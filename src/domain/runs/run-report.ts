import type { Language } from "../../lib/languages.ts";
import type { ExamplesBySet } from "../examples.ts";
import type { GateRecord } from "../gate.ts";
import type { EvaluationReport } from "../metrics.ts";
import type { EpochRecord } from "./training-progress.ts";

/** The course of a training run, epoch by epoch. */
export interface TrainHistory {
  history: EpochRecord[];
  /** The epoch whose weights were kept. */
  best_epoch: number;
}

/** The content of the report page of a training run. */
export interface RunReport {
  training: TrainHistory;
  /** Number of drawings that the model was trained on, by label; null when it was trained on none. */
  drawings: Record<string, number> | null;
  /** By the name of the image set, like the run's metrics. */
  metrics: Record<string, EvaluationReport>;
  examples: ExamplesBySet;
  /** Null when the run has no gate. */
  gate: GateRecord | null;
}

/** How a report is rendered. */
export interface ReportOptions {
  language: Language;
  /** When the run made the report: ISO time. */
  createdAt: string;
  /** The version of tegaki that the run was made with. */
  version: string;
}
