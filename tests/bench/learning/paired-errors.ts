import { createRandom } from "../../../src/lib/random.ts";

/** Errors of one writer on the same drawings, by two models. */
export interface PairedErrors {
  writer: string;
  drawings: number;
  before: number;
  after: number;
}

/** The relative change of the errors, pooled over writers: −0.1 is a tenth fewer. */
export interface ErrorChange {
  writers: number;
  drawings: number;
  before: number;
  change: number;
  /** The 95 % interval, by the percentile bootstrap over writers. */
  low: number;
  high: number;
}

const RESAMPLES = 2_000;

/** Pools the rows of each writer, then of all. A resample without errors before counts as no change. */
export function errorChange(rows: readonly PairedErrors[], seed = 1): ErrorChange {
  const writers = [...Map.groupBy(rows, ({ writer }) => writer).values()].map(sumOf);
  const random = createRandom(seed).fork("bootstrap");
  const resampled = Float64Array.from({ length: RESAMPLES }, () =>
    changeOf(sumOf(writers.map(() => writers[random.int(writers.length)]!))),
  ).sort();
  const { drawings, before, after } = sumOf(writers);
  const at = (share: number) => resampled[Math.round(share * (RESAMPLES - 1))]!;
  const change = changeOf({ before, after });
  return { writers: writers.length, drawings, before, change, low: at(0.025), high: at(0.975) };
}

type Sums = Omit<PairedErrors, "writer">;

function sumOf(rows: readonly Sums[]): Sums {
  const sum = (key: keyof Sums) => rows.reduce((total, row) => total + row[key], 0);
  return { drawings: sum("drawings"), before: sum("before"), after: sum("after") };
}

function changeOf({ before, after }: Omit<Sums, "drawings">): number {
  return before === 0 ? 0 : after / before - 1;
}

/** "−31.2 % (−40.1 to −22.0)" */
export function changeText({ change, low, high }: ErrorChange): string {
  const signed = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;
  return `${signed(change)} % (${signed(low)} to ${signed(high)})`;
}
