import { createRandom } from "../../../src/lib/random.ts";
import type { Half } from "./measured-sets.ts";

/** Answers to the drawings of one writer. */
interface Score {
  n: number;
  right: number;
}

/** Half A's accuracy minus half B's. */
export interface HalvesDifference {
  difference: number;
  /** 95 % of the resamples of the writers are between these. */
  low: number;
  high: number;
}

const RESAMPLES = 4000;

/**
 * The difference of the two halves' accuracies, with its bootstrap interval: the writers of each half are drawn again
 * with replacement, because drawings of one writer are read alike.
 *
 * @param isRight of each drawing, as `writers` and `halves`; each half has at least one.
 */
export function halvesDifference(
  isRight: readonly boolean[],
  writers: readonly string[],
  halves: readonly Half[],
): HalvesDifference {
  const scores = { A: new Map<string, Score>(), B: new Map<string, Score>() };
  writers.forEach((writer, i) => {
    const of = scores[halves[i]!];
    const { n, right } = of.get(writer) ?? { n: 0, right: 0 };
    of.set(writer, { n: n + 1, right: right + (isRight[i] ? 1 : 0) });
  });
  const [a, b] = [[...scores.A.values()], [...scores.B.values()]];
  const random = createRandom(1).fork("halves");
  const again = (some: readonly Score[]) => some.map(() => some[random.int(some.length)]!);
  const resampled = Array.from({ length: RESAMPLES }, () => accuracy(again(a)) - accuracy(again(b)));
  resampled.sort((one, other) => one - other);
  const at = (share: number) => resampled[Math.floor(share * (RESAMPLES - 1))]!;
  return { difference: accuracy(a) - accuracy(b), low: at(0.025), high: at(0.975) };
}

function accuracy(scores: readonly Score[]): number {
  return scores.reduce((sum, { right }) => sum + right, 0) / scores.reduce((sum, { n }) => sum + n, 0);
}
