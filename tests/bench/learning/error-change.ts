import { createRandom } from "../../../src/lib/random.ts";

/** Errors of one writer, over all orders. */
export interface WriterErrors {
  n: number;
  before: number;
  after: number;
}

/** The change of the error, with its interval. */
export interface ErrorChange extends WriterErrors {
  /** after / before − 1; null without an error before. */
  change: number | null;
  /** The 95 % interval of `change`. */
  low: number;
  high: number;
}

const RESAMPLES = 2_000;

/**
 * The change of the number of errors over writers, with the 95 % interval of a percentile bootstrap over writers: drawings
 * of one writer are alike, and so are orders of the same drawings.
 */
export function errorChange(writers: readonly WriterErrors[]): ErrorChange {
  const random = createRandom(1).fork("writers");
  const changes: number[] = [];
  for (let r = 0; r < RESAMPLES; r++) {
    let [before, after] = [0, 0];
    for (let i = 0; i < writers.length; i++) {
      const one = writers[random.int(writers.length)]!;
      before += one.before;
      after += one.after;
    }
    if (before > 0) changes.push(after / before - 1);
  }
  changes.sort((a, b) => a - b);
  const at = (share: number) => changes[Math.round(share * (changes.length - 1))] ?? Number.NaN;
  const total = writers.reduce(
    (sum, { n, before, after }) => ({
      n: sum.n + n,
      before: sum.before + before,
      after: sum.after + after,
    }),
    { n: 0, before: 0, after: 0 },
  );
  const change = total.before === 0 ? null : total.after / total.before - 1;
  return { ...total, change, low: at(0.025), high: at(0.975) };
}

/** "−31.2 % (−40.1 to −22.0)" */
export function changeText({ change, low, high }: ErrorChange): string {
  if (change === null) return "no errors";
  const signed = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;
  return `${signed(change)} % (${signed(low)} to ${signed(high)})`;
}
