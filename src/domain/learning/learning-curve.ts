import * as v from "valibot";

/**
 * The drawings that models were evaluated on: the held-out ones; or all, in folds by writer or session, or, where there
 * are too few of those, by drawing.
 */
export const CURVE_KINDS = ["held_out", "writer", "drawing"] as const;

/** Predictions, and the mistakes among them at each number of labels. */
export interface CurveCounts {
  n: number;
  /** [labels.length]. */
  errors: number[];
}

/**
 * The mistakes of models that were fine-tuned from the base model on more and more labels, all counted on the same
 * drawings, which these models have not trained on.
 */
export interface LearningCurve extends CurveCounts {
  by: (typeof CURVE_KINDS)[number];
  /** Folds of the training drawings, besides the held-out ones; or times that models were trained, by held-out drawings. */
  folds: number;
  /** Different drawings that were evaluated: `n` counts each once for each time. */
  drawings: number;
  /** How many of these are held-out ones. */
  held_out: number;
  /** Writers and sessions that were resampled, or drawings. */
  groups: number;
  /** Numbers of drawings trained on, ascending; the first is 0, the base model. */
  labels: number[];
  /** Bootstrap resamples of the groups. */
  resamples: CurveCounts[];
  /** The cost of the measurement: models fine-tuned, and the seconds of their training. */
  trained: number;
  seconds: number;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const counts = { n: count, errors: v.array(count) };

/** A curve as a run saves it. */
export const LearningCurveSchema = v.pipe(
  v.object({
    ...counts,
    by: v.picklist(CURVE_KINDS),
    folds: count,
    drawings: v.pipe(count, v.minValue(1)),
    held_out: count,
    groups: count,
    labels: v.pipe(v.array(count), v.minLength(2)),
    resamples: v.pipe(v.array(v.object(counts)), v.minLength(1)),
    trained: count,
    seconds: v.number(),
  }),
  v.check(
    ({ labels, resamples, ...all }) =>
      labels[0] === 0 &&
      labels.every((value, i) => i === 0 || value > labels[i - 1]!) &&
      [all, ...resamples].every(
        ({ n, errors }) => n > 0 && errors.length === labels.length && errors.every((e) => e <= n),
      ),
    "a curve has ascending labels from 0, and at most n errors at each of them",
  ),
);

/** Reads a curve. @returns null when the value is not one. */
export function decodeLearningCurve(value: unknown): LearningCurve | null {
  const result = v.safeParse(LearningCurveSchema, value);
  return result.success ? result.output : null;
}
