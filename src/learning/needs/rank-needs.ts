import type { Need, Needs } from "../../domain/learning/overview.ts";
import { proportion } from "../../domain/monitoring/proportion.ts";
import { holm, moreMistakes } from "./fisher.ts";

/** Drawings of one class or writer, and how many of them the model misclassified. */
export interface NeedCount {
  key: string;
  n: number;
  wrong: number;
}

/** Drawings that a row needs; with fewer, even one mistake says nothing. */
const MIN_DRAWINGS = 5;
/** Level of all rows together. */
const LEVEL = 0.05;

/**
 * Ranks classes or writers by the mistakes that would disappear if each had the share of mistakes of all others. Those
 * come first whose share is shown to be higher (Fisher's exact test, adjusted by Holm for the number of rows); the order
 * of the rest is by the same count, and says nothing.
 *
 * @param counts each key once.
 * @param besides drawings of no row, which count among the others.
 */
export function rankNeeds(
  counts: readonly NeedCount[],
  besides: Omit<NeedCount, "key"> = { n: 0, wrong: 0 },
): Needs {
  const all = counts.reduce((sum, { n, wrong }) => ({ n: sum.n + n, wrong: sum.wrong + wrong }), {
    n: besides.n,
    wrong: besides.wrong,
  });
  const kept = counts.filter(({ n }) => n >= MIN_DRAWINGS);
  const othersOf = (one: NeedCount) => ({ n: all.n - one.n, wrong: all.wrong - one.wrong });
  const ps = holm(kept.map((one) => moreMistakes(one, othersOf(one))));
  const rows = kept.map((one, i): Need => {
    const others = othersOf(one);
    const expected = others.n === 0 ? one.wrong : (one.n * others.wrong) / others.n;
    return {
      key: one.key,
      errors: proportion(one.wrong, one.n),
      wrong: one.wrong,
      excess: one.wrong - expected,
      p: ps[i]!,
      isShown: ps[i]! < LEVEL,
    };
  });
  rows.sort(
    (a, b) => Number(b.isShown) - Number(a.isShown) || b.excess - a.excess || (a.key < b.key ? -1 : 1),
  );
  return { rows, leftOut: counts.length - kept.length };
}
