import type { ImageSet } from "../../domain/image-set.ts";
import type { LearningCurve } from "../../domain/learning/learning-curve.ts";
import { createRandom } from "../../lib/random.ts";
import type { HeldOut } from "../de/nodes.ts";
import { take } from "../image-sets.ts";
import { FOLDS, foldsOf } from "./folds.ts";

/** Drawings that some models are trained on, and others that these are evaluated on. */
export interface Part {
  /** Indices of training drawings, shuffled: models train on the first so many. */
  train: Uint32Array;
  test: ImageSet;
  /** [N] of `test`: equal for drawings of the same group. Parts with the same drawings share it. */
  units: readonly string[];
}

/** Which models a curve is measured by, and on what. */
export interface Parts extends Pick<LearningCurve, "by" | "labels" | "folds"> {
  parts: Part[];
  /** Held-out drawings among those evaluated. */
  heldOut: number;
}

/** Mistakes of the base model on held-out drawings with which these alone are enough. */
const ENOUGH_MISTAKES = 20;
/** Times that models are trained then, each time on other drawings in another order. */
const REPEATS = 3;
/** Held-out drawings that are evaluated, at most: the first ones. */
const MOST_HELD_OUT = 2_000;
/** Least number of labels of a point besides the base model. */
const MIN_LABELS = 20;

/** Training drawings with their writers or sessions, and the held-out drawings. */
export interface CurveDrawings {
  drawings: ImageSet;
  /** [N] of `drawings`. */
  groups: Uint32Array;
  holdout: HeldOut;
}

/**
 * Chooses the drawings that models are evaluated on. Where the base model misclassifies at least 20 held-out drawings,
 * of at least five writers or sessions, these alone; models are then trained three times. Otherwise every training
 * drawing as well, by cross-validation (`foldsOf`), and the held-out drawings are one more fold. Training drawings with a
 * label in review are missing among them: many of these the base model misclassifies, so a gain is then understated.
 *
 * @param mistakes [N] of the held-out drawings: 1 where the base model is wrong.
 */
export function partsOf(
  { drawings, groups, holdout }: CurveDrawings,
  mistakes: Uint8Array,
  seed: number,
): Parts {
  const random = createRandom(seed).fork("curve");
  const shuffled = (indices: readonly number[]) => random.shuffle(Uint32Array.from(indices));
  const { by, folds, unit } = foldsOf(groups, seed);
  const used = folds.flat();
  const held = heldOutPart(holdout);
  const wrong = mistakes.reduce((sum, one) => sum + one, 0);
  if (wrong >= ENOUGH_MISTAKES && new Set(holdout.groups).size >= FOLDS) {
    const parts = Array.from({ length: REPEATS }, () => ({ train: shuffled(used), ...held }));
    const heldOut = held.units.length;
    return { by: "held_out", parts, labels: sizesOf(used.length), folds: REPEATS, heldOut };
  }
  const parts: Part[] = folds.map((fold, f) => ({
    train: shuffled(folds.flatMap((other, o) => (o === f ? [] : other))),
    test: take(drawings, Uint32Array.from(fold)),
    units: fold.map((i) => `train ${unit[i]}`),
  }));
  if (held.units.length > 0) parts.push({ train: shuffled(used), ...held });
  const most = used.length - Math.max(...folds.map(({ length }) => length));
  return { by, parts, labels: sizesOf(most), folds: folds.length, heldOut: held.units.length };
}

function heldOutPart(holdout: HeldOut): Pick<Part, "test" | "units"> {
  return { test: holdout, units: Array.from(holdout.groups, (group) => `holdout ${group}`) };
}

/** The first held-out drawings, as many as are evaluated at most. */
export function heldOutToEvaluate({ groups, ...set }: HeldOut): HeldOut {
  const some = Uint32Array.from(groups.keys()).subarray(0, MOST_HELD_OUT);
  return { ...take(set, some), groups: groups.slice(0, some.length) };
}

/**
 * The numbers of labels that are measured: an eighth, a quarter, a half and all of those that each model can have, and 0.
 * @param most drawings that each model can be trained on.
 */
export function sizesOf(most: number): number[] {
  const sizes = [1 / 8, 1 / 4, 1 / 2, 1].map((share) => Math.round(most * share));
  return [0, ...new Set(sizes.filter((size) => size >= MIN_LABELS))];
}
