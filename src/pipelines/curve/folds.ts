import type { LearningCurve } from "../../domain/learning/learning-curve.ts";
import { createRandom } from "../../lib/random.ts";

/** Folds of the training drawings, and writers or sessions that folds by writer need. */
export const FOLDS = 5;
/** Training drawings that are used; with more, writers are chosen at random until there are as many. */
const MOST_DRAWINGS = 2_500;

/** The training drawings in folds, by index. */
export interface Folds {
  by: Exclude<LearningCurve["by"], "held_out">;
  /** [folds][drawings of the fold]. */
  folds: number[][];
  /** [N]: the group of each drawing, for intervals: its writer or session, or itself when divided by drawing. */
  unit: Uint32Array;
}

/**
 * Divides drawings into five folds of about the same size. No writer is in two folds, so a model is evaluated on other
 * writers than it was trained on, as the gate does; with fewer than five writers or sessions each drawing is on its own,
 * and the same writers are on both sides.
 *
 * @param groups [N], equal for drawings of the same writer or session.
 */
export function foldsOf(groups: Uint32Array, seed: number): Folds {
  const random = createRandom(seed).fork("folds");
  const isByWriter = new Set(groups).size >= FOLDS;
  const unit = isByWriter ? groups : Uint32Array.from(groups.keys());
  const members = Map.groupBy(unit.keys(), (i) => unit[i]!);
  const folds = Array.from({ length: FOLDS }, (): number[] => []);
  // The largest first, each into the smallest fold; equal ones stay in their random order.
  const chosen = within(random.shuffle([...members.values()]), MOST_DRAWINGS);
  for (const group of chosen.sort((a, b) => b.length - a.length))
    folds.reduce((least, fold) => (fold.length < least.length ? fold : least)).push(...group);
  return {
    by: isByWriter ? "writer" : "drawing",
    folds: folds.map((fold) => fold.sort((a, b) => a - b)),
    unit,
  };
}

/** The first groups, until they have `most` drawings together. */
function within(groups: readonly number[][], most: number): number[][] {
  let drawings = 0;
  return groups.filter((group) => {
    const isWanted = drawings < most;
    if (isWanted) drawings += group.length;
    return isWanted;
  });
}
