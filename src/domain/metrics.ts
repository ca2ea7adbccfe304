import * as v from "valibot";
import { decodeGate, type GateRecord } from "./gate.ts";
import type { ModelCalibration, OutlierScoreName } from "./model-artifacts.ts";

/** The name of MNIST's test set in metrics. */
export const MNIST_TEST = "mnist_test";
/** The name of the holdout, the app's held-out drawings, in metrics. */
export const APP_HOLDOUT = "app_holdout";

const CHAMPION_PREFIX = "champion_";

/** Returns the name under which metrics hold the evaluation of the champion at the time on a set. */
export function championSet(set: string): string {
  return CHAMPION_PREFIX + set;
}

/** Returns the set of a name made by `championSet`; null for the name of a set itself. */
export function setOfChampion(name: string): string | null {
  return name.startsWith(CHAMPION_PREFIX) ? name.slice(CHAMPION_PREFIX.length) : null;
}

/** All measurements of a model, as a run or a version records them. */
export interface Metrics {
  /** By the name of the image set. Under `championSet(name)`: the champion at the time, on the same images. */
  readonly evaluations: Readonly<Record<string, Evaluation>>;
  /** The gate's decision, in the metrics of a run; null in those of a version, which has a separate field for it. */
  readonly gate: GateRecord | null;
  /** Metrics of other releases and of a project's own code, kept unchanged. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** A model's scores on one image set. A field is absent when an older release did not record it. */
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

/** The scores of one class; null when the set has no image of it (recall), or no prediction is it (precision). */
export interface ClassScore {
  label: string;
  n: number;
  /** 0..1 */
  recall: number | null;
  /** 0..1 */
  precision: number | null;
}

/** An evaluation with all metrics of this release. */
export interface EvaluationReport {
  n: number;
  /** 0..1 */
  accuracy: number;
  /** Mean cross-entropy, nats. */
  loss: number;
  per_class: ClassScore[];
  /** [K][K]: row = true class, column = predicted, in the order of `classes`. */
  confusion: number[][];
  /** How well confidence matches accuracy. */
  calibration: Calibration;
}

/** The predictions whose confidence is in one range, with their accuracy. */
interface CalibrationBin {
  /** Range of confidence: at least `from`, below `to`; the last bin includes 1. */
  from: number;
  to: number;
  /** Number of predictions in the bin. */
  n: number;
  /** Mean confidence, and accuracy, both 0..1; null when the bin is empty. */
  confidence: number | null;
  accuracy: number | null;
}

/** How well a model's confidence matches its accuracy. */
export interface Calibration {
  /** Expected calibration error, 0..1: Σ over bins of n/N · |accuracy − confidence|. */
  ece: number;
  bins: CalibrationBin[];
}

/** The result of calibration, with measurements on the validation images it used. */
export interface CalibrationReport extends ModelCalibration {
  /** Number of validation images. */
  n: number;
  /** Mean cross-entropy in nats and expected calibration error (0..1): `before` at temperature 1, `after` calibration. */
  loss: { before: number; after: number };
  ece: { before: number; after: number };
  /** Area under the ROC curve of the outlier score, negatives against validation images, 0..1; null without negatives. */
  auroc: number | null;
}

/** How well a model separates images of its classes from others. Shares are 0..1. */
export interface RejectionReport {
  /** Number of images of the model's classes. */
  known: number;
  /** Number of other images. */
  unknown: number;
  /** Area under the ROC curve of each score, known against unknown. */
  auroc: Record<OutlierScoreName, number>;
  /** The shares of flagged images, and accuracy on the rest; null for a model that was never calibrated. */
  flagged: {
    score: OutlierScoreName;
    threshold: number;
    /** The requested rate when the threshold was set. */
    false_alarm_rate: number;
    /** Share of unknown images that are flagged, correctly. */
    unknown: number;
    /** Share of known images that are flagged, incorrectly. */
    known: number;
    /** Accuracy on the known images that are not flagged; null when all are. */
    accuracy_of_rest: number | null;
  } | null;
}

/** Metrics without any measurement. */
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

/** Anything with an `accuracy` is an evaluation; unknown fields are kept unchanged. */
const EvaluationSchema = v.looseObject({
  n: readable(figure),
  accuracy: figure,
  loss: readable(figure),
  per_class: readable(v.array(ClassSchema)),
  confusion: readable(v.array(v.array(figure))),
  calibration: readable(CalibrationSchema),
});

/** Reads metrics from a database row, or from a file that a pipeline saved. Never throws. */
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

/** Returns metrics in the form in which they are stored and sent; the inverse of `decodeMetrics`. */
export function encodeMetrics({ evaluations, gate, others }: Metrics): Record<string, unknown> {
  return { ...evaluations, ...others, ...(gate && { gate }) };
}
