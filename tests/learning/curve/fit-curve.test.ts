import { expect, test } from "bun:test";
import {
  type CurveFit,
  type CurveMeasurement,
  errorAt,
  FLOORS,
  fitCurve,
  OFFSETS,
} from "../../../src/learning/curve/fit-curve.ts";

/** Mistakes that lie on a power law exactly, up to the half that the fit adds. */
function lying(
  b: number,
  c: number,
  m: number,
  labels: readonly number[],
  n = 1_000_000,
): CurveMeasurement[] {
  return labels.map((count) => ({ labels: count, n, errors: b * (count + m) ** -c * (n + 1) - 0.5 }));
}

const SIZES = [0, 50, 100, 200, 400];

/** The plain reference: tries every c of a grid with every a and m, and returns the curve with the least sum of squares. */
function tried(points: readonly CurveMeasurement[]) {
  const y = points.map(({ errors, n }) => (errors + 0.5) / (n + 1));
  const sumOf = ({ a, logB, c, m }: Omit<CurveFit, "misfit">) =>
    points.reduce((sum, { labels, errors }, i) => {
      const difference = Math.log(y[i]! - a) - (logB - c * Math.log(labels + m));
      return sum + (errors + 0.5) * ((y[i]! - a) / y[i]!) ** 2 * difference ** 2;
    }, 0);
  let best: CurveFit = { a: 0, logB: 0, c: 0, m: 0, misfit: Number.POSITIVE_INFINITY };
  for (const floor of FLOORS)
    for (const m of OFFSETS)
      for (let c = -1; c <= 3; c += 0.01) {
        const a = floor * Math.min(...y);
        // The best b of these: the weighted mean of the differences, in logarithms.
        let [weight, mean] = [0, 0];
        points.forEach(({ labels, errors }, i) => {
          const w = (errors + 0.5) * ((y[i]! - a) / y[i]!) ** 2;
          weight += w;
          mean += w * (Math.log(y[i]! - a) + c * Math.log(labels + m));
        });
        const fit = { a, logB: mean / weight, c, m };
        const misfit = sumOf(fit);
        if (misfit < best.misfit) best = { ...fit, misfit };
      }
  return { best, sumOf };
}

test("fitCurve() finds the power law that the points lie on, within 1e-6", () => {
  for (const [b, c, m] of [
    [0.4, 0.5, 100],
    [0.05, 0.1, 10],
    [2, 1.5, 1_000],
  ] as const) {
    const fit = fitCurve(lying(b, c, m, SIZES));
    expect(fit).toMatchObject({ a: 0, m });
    expect(fit.c).toBeCloseTo(c, 6);
    expect(Math.exp(fit.logB)).toBeCloseTo(b, 4);
    expect(errorAt(fit, 300)).toBeCloseTo(b * (300 + m) ** -c, 8);
  }
});

test("fitCurve() finds a floor below which mistakes do not fall, within 0.2 points", () => {
  const floor = 0.05;
  const points = SIZES.map((labels) => ({
    labels,
    n: 1_000_000,
    errors: 1e6 * (floor + 2 * (labels + 10) ** -1.5),
  }));
  const fit = fitCurve(points);
  expect(fit.a).toBeGreaterThan(0.04);
  expect(Math.abs(errorAt(fit, 5_000) - floor)).toBeLessThan(0.002);
});

test("fitCurve() has no larger sum of squares than a search of all c, on noisy points", () => {
  for (const errors of [
    [60, 55, 50, 38, 30],
    [20, 21, 19, 20, 22],
    [12, 3, 0, 1, 0],
    [0, 0, 0, 0, 0],
    [30, 12, 12, 13, 12],
  ]) {
    const points = errors.map((count, i) => ({ labels: SIZES[i]!, errors: count, n: 1_500 }));
    const { best, sumOf } = tried(points);
    const fit = fitCurve(points);
    expect(fit.misfit).toBeCloseTo(sumOf(fit), 9);
    expect(fit.misfit).toBeLessThanOrEqual(best.misfit + 1e-6);
  }
});

test("fitCurve() has c below 0 where mistakes become more, is level where they do not change, and finite on a step", () => {
  const of = (...errors: number[]) =>
    fitCurve(errors.map((count, i) => ({ labels: SIZES[i]!, errors: count, n: 1_000 })));
  expect(of(10, 12, 14, 17, 20).c).toBeLessThan(0);
  expect(of(10, 10, 10, 10, 10).c).toBeCloseTo(0, 12);
  expect(errorAt(of(500, 0, 0, 0, 0), 1_000)).toBeFinite();
});

test("fitCurve() refuses points of one number of labels", () => {
  expect(() => fitCurve([{ labels: 0, errors: 1, n: 10 }])).toThrow(
    "A curve needs at least 2 numbers of labels, found 1 points",
  );
});
