import * as v from "valibot";

/** How drawings were divided into folds: by writer or session, or, where there are too few of those, one by one. */
export const FOLD_KINDS = ["writer", "drawing"] as const;

/**
 * The mistakes of models that were fine-tuned from the base model on more and more labels, all counted on the same
 * drawings, by cross-validation: each drawing is evaluated by models that have not trained on its fold.
 */
export interface LearningCurve {
  by: (typeof FOLD_KINDS)[number];
  /** Folds of the training drawings; the held-out drawings are one more, and never trained on. */
  folds: number;
  /** Drawings that were evaluated. */
  n: number;
  /** How many of `n` are held-out drawings. */
  held_out: number;
  /** Numbers of drawings trained on, ascending; the first is 0, the base model. */
  labels: number[];
  /** Mistakes of each group of drawings of one writer or session, at each number of `labels`. Nobody is named. */
  groups: CurveGroup[];
  /** What the measurement has cost: fine-tunings, and their time. */
  trained: number;
  seconds: number;
}

/** The drawings of one writer or session. */
interface CurveGroup {
  n: number;
  /** [labels.length]. */
  errors: number[];
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A curve as a run saves it. */
export const LearningCurveSchema = v.pipe(
  v.object({
    by: v.picklist(FOLD_KINDS),
    folds: count,
    n: count,
    held_out: count,
    labels: v.pipe(v.array(count), v.minLength(1)),
    groups: v.array(v.object({ n: count, errors: v.array(count) })),
    trained: count,
    seconds: v.number(),
  }),
  v.check(
    ({ labels, groups, n }) =>
      labels[0] === 0 &&
      labels.every((value, i) => i === 0 || value > labels[i - 1]!) &&
      groups.every(
        (group) => group.errors.length === labels.length && group.errors.every((e) => e <= group.n),
      ) &&
      groups.reduce((sum, group) => sum + group.n, 0) === n,
    "a curve has ascending labels from 0, and errors of every group at each of them",
  ),
);

/** Reads a curve. @returns null when the value is not one. */
export function decodeLearningCurve(value: unknown): LearningCurve | null {
  const result = v.safeParse(LearningCurveSchema, value);
  return result.success ? result.output : null;
}
