import * as v from "valibot";
import { decodeGate, type GateRecord } from "./gate.ts";
import type { ModelCalibration, OutlierScoreName } from "./model-artifacts.ts";

/** Set names of metrics: MNIST's test images, and the held-out drawings of the app. */
export const MNIST_TEST = "mnist_test";
export const APP_HOLDOUT = "app_holdout";

const CHAMPION_PREFIX = "champion_";

/** The name under which metrics hold what the champion of the time scored on a set. */
export function championSet(set: string): string {
  return CHAMPION_PREFIX + set;
}

/** The set that such a name is of; null for the name of a set itself. */
export function setOfChampion(name: string): string | null {
  return name.startsWith(CHAMPION_PREFIX) ? name.slice(CHAMPION_PREFIX.length) : null;
}

/** Everything that was measured of a model, as a run or a version records it. */
export interface Metrics {
  /** By the name of the image set. Under `championSet(name)`: the champion of the time on the same images. */
  readonly evaluations: Readonly<Record<string, Evaluation>>;
  /** The gate's decision, in the metrics of a run; null in those of a version, which has it in a field of its own. */
  readonly gate: GateRecord | null;
  /** Figures of other releases and of a project's own code: kept as they are. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** What a model scored on one image set. Absent: an older release did not record it. */
export interface Evaluation {
  /** Images. */
  n?: number;
  /** 0..1 */
  accuracy: number;
  /** Mean cross-entropy, nats. */
  loss?: number;
  per_class?: readonly ClassScore[];
  /** [K][K]: row = true class, column = predicted, in the order of `per_class`. */
  confusion?: readonly (readonly number[])[];
  calibration?: Calibration;
}

/** How one class was classified; null where the set, or the answers, hold none of it. */
export interface ClassScore {
  label: string;
  n: number;
  /** 0..1 */
  recall: number | null;
  precision: number | null;
}

/** An evaluation with everything that this release measures. */
export interface EvaluationReport {
  n: number;
  /** 0..1 */
  accuracy: number;
  /** Mean cross-entropy, nats. */
  loss: number;
  per_class: ClassScore[];
  /** [K][K]: row = true class, column = predicted, in the order of `classes`. */
  confusion: number[][];
  /** How far the confidence of the answers can be believed. */
  calibration: Calibration;
}

/** What a group of answers claimed to know, and what it knew. */
export interface CalibrationBin {
  /** Confidences of the bin: at least `from`, below `to`; the last bin has 1 too. */
  from: number;
  to: number;
  /** Answers in the bin. */
  n: number;
  /** Mean confidence and share of right answers, 0..1; null when the bin is empty. */
  confidence: number | null;
  accuracy: number | null;
}

export interface Calibration {
  /** Expected calibration error, 0..1: Σ over bins of n/N · |accuracy − confidence|. */
  ece: number;
  bins: CalibrationBin[];
}

/** What calibration found, on the images that it was done with. */
export interface CalibrationReport extends ModelCalibration {
  /** Validation images. */
  n: number;
  /** Mean cross-entropy in nats and expected calibration error (0..1), at temperature 1 and at the one that was found. */
  loss: { before: number; after: number };
  ece: { before: number; after: number };
  /** How well the outlier score tells the negatives from the validation images, 0..1; null without negatives. */
  auroc: number | null;
}

/** How well a model tells what it knows from what it does not. Shares are 0..1. */
export interface RejectionReport {
  known: number;
  unknown: number;
  /** Area under the ROC curve of each score, known against unknown. */
  auroc: Record<OutlierScoreName, number>;
  /** What the model flags, and what it gets right of the rest; null for a model that was never calibrated. */
  flagged: {
    score: OutlierScoreName;
    threshold: number;
    /** What was asked for when the threshold was set. */
    false_alarm_rate: number;
    unknown: number;
    /** Flagged wrongly. */
    known: number;
    /** Accuracy on the known images that are left; null when all are flagged. */
    accuracy_of_rest: number | null;
  } | null;
}

export const NO_METRICS: Metrics = { evaluations: {}, gate: null, others: {} };

const figure = v.pipe(v.number(), v.finite());
const share = v.fallback(v.nullable(figure), null);

const ClassSchema = v.object({
  label: v.string(),
  n: v.fallback(figure, 0),
  recall: share,
  precision: share,
});

const CalibrationSchema = v.object({
  ece: figure,
  bins: v.array(v.object({ from: figure, to: figure, n: figure, confidence: share, accuracy: share })),
});

/** A field that cannot be read counts as absent. */
function readable<Schema extends v.GenericSchema>(schema: Schema) {
  return v.exactOptional(v.fallback(v.union([schema, v.undefined()]), undefined));
}

/** `accuracy` makes an evaluation; further fields stay as they are. */
const EvaluationSchema = v.looseObject({
  n: readable(figure),
  accuracy: figure,
  loss: readable(figure),
  per_class: readable(v.array(ClassSchema)),
  confusion: readable(v.array(v.array(figure))),
  calibration: readable(CalibrationSchema),
});

/** Reads the metrics of a row, or of the file that a pipeline has saved. It never throws. */
export function decodeMetrics(stored: Readonly<Record<string, unknown>>): Metrics {
  const evaluations: [string, Evaluation][] = [];
  const others: [string, unknown][] = [];
  const gate = decodeGate(stored.gate);
  for (const [name, value] of Object.entries(stored)) {
    if (name === "gate" && gate !== null) continue;
    const result = v.safeParse(EvaluationSchema, value);
    if (result.success) evaluations.push([name, result.output as Evaluation]);
    else others.push([name, value]);
  }
  return { evaluations: Object.fromEntries(evaluations), gate, others: Object.fromEntries(others) };
}

/** The form in which metrics are stored and sent; `decodeMetrics` reads it. */
export function encodeMetrics({ evaluations, gate, others }: Metrics): Record<string, unknown> {
  return { ...evaluations, ...others, ...(gate && { gate }) };
}
