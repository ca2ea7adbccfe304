import * as v from "valibot";

/** How drawings were divided into folds: by writer or session, or, where there are too few of those, one by one. */
export const FOLD_KINDS = ["writer", "drawing"] as const;

/** Drawings, and the mistakes among them at each number of labels. */
export interface CurveCounts {
  n: number;
  /** [labels.length]. */
  errors: number[];
}

/**
 * The mistakes of models that were fine-tuned from the base model on more and more labels, all counted on the same
 * drawings, by cross-validation: each drawing is evaluated by models that have not trained on its fold.
 */
export interface LearningCurve extends CurveCounts {
  by: (typeof FOLD_KINDS)[number];
  /** Folds of the training drawings; the held-out drawings are one more, and never trained on. */
  folds: number;
  /** How many of the `n` drawings are held-out ones. */
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
    by: v.picklist(FOLD_KINDS),
    folds: count,
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
