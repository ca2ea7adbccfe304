import type { Answer, Examples } from "../../domain/examples.ts";
import type { ImageSet } from "../../domain/image-set.ts";

/** Upper limits: of all mistakes, of one cell off the diagonal, of one on it, and in total. */
const LIMITS = { worst: 100, cell: 24, right: 12, all: 2000 };

/**
 * Picks the most informative examples: the most confident mistakes, the most confident of each cell off the diagonal,
 * and the least confident correct predictions of each cell on it.
 */
export function pickExamples(
  answers: readonly Answer[],
  set: ImageSet,
  classes: readonly string[],
  limits = LIMITS,
): Examples {
  const inCell = new Map<number, number>();
  const isKept = (answer: Answer, rank: number): boolean => {
    const cell = answer.true * classes.length + answer.predicted;
    const seen = inCell.get(cell) ?? 0;
    inCell.set(cell, seen + 1);
    if (answer.true === answer.predicted) return seen < limits.right;
    return seen < limits.cell || rank < limits.worst;
  };
  const isRight = (answer: Answer) => answer.true === answer.predicted;
  const mistakes = answers.filter((answer) => !isRight(answer)).sort((a, b) => b.confidence - a.confidence);
  const right = answers.filter(isRight).sort((a, b) => a.confidence - b.confidence);
  const kept = [...mistakes.filter(isKept), ...right.filter(isKept)].slice(0, limits.all);
  return { rows: set.rows, cols: set.cols, classes, ...withImages(kept, set) };
}

function withImages(kept: readonly Answer[], set: ImageSet): Pick<Examples, "answers" | "images"> {
  const pixels = set.rows * set.cols;
  const images = new Uint8Array(kept.length * pixels);
  const answers = kept.map(({ index, true: label, predicted, confidence }, i) => {
    images.set(set.images.subarray(index * pixels, (index + 1) * pixels), i * pixels);
    return { index, true: label, predicted, confidence };
  });
  return { answers, images };
}
