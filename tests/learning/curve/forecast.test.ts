import { expect, test } from "bun:test";
import { fittedCurve, forecast, lineOf } from "../../../src/learning/curve/forecast.ts";
import { interval } from "../../../src/learning/curve/interval.ts";
import { curveOf } from "./curves.ts";

const SIZES = [0, 50, 100, 200, 400];
/** 0.2 · (labels + 100)^−0.3, about. */
const FALLING = SIZES.map((labels) => 0.32 * (labels + 100) ** -0.3);

test("interval() has the 2.5 % and 97.5 % points", () => {
  const values = Array.from({ length: 401 }, (_, i) => 400 - i);
  expect(interval(values)).toEqual({ low: 10, high: 390 });
  expect(interval([3])).toEqual({ low: 3, high: 3 });
});

test("forecast() of a falling curve has the gain of the power law within its interval", () => {
  const curve = fittedCurve(curveOf(SIZES, FALLING, { writers: 200 }));
  const found = forecast(curve, 400, 0.8);
  if (found.kind !== "gain") throw new Error(found.reason);
  const gain = 0.32 * (500 ** -0.3 - 580 ** -0.3);
  expect(found).toMatchObject({ labels: 100, trained: 80, now: 400 });
  expect(found.before - found.after).toBeCloseTo(found.gain, 12);
  expect(found.low).toBeGreaterThan(0);
  expect(found.low).toBeLessThan(gain);
  expect(found.high).toBeGreaterThan(gain);
  expect(found.low).toBeLessThanOrEqual(found.gain);
  expect(found.high).toBeGreaterThanOrEqual(found.gain);
});

test("forecast() has the true gain in its 95 % interval in at least 90 % of 60 noisy measurements", () => {
  const gain = 0.32 * (500 ** -0.3 - 580 ** -0.3);
  let [covered, given] = [0, 0];
  for (let seed = 1; seed <= 60; seed++) {
    const curve = curveOf(SIZES, FALLING, { writers: 100, seed, noise: 0.3 });
    const found = forecast(fittedCurve(curve), 400, 0.8);
    if (found.kind !== "gain") continue;
    given += 1;
    if (found.low <= gain && gain <= found.high) covered += 1;
  }
  expect(given).toBeGreaterThan(30);
  expect(covered / given).toBeGreaterThanOrEqual(0.9);
});

test("forecast() refuses a curve without a gain, and one that is flat after a first gain, in at least 95 % of 60", () => {
  for (const shares of [SIZES.map(() => 0.05), [0.1, 0.05, 0.05, 0.05, 0.05]]) {
    const found = Array.from({ length: 60 }, (_, i) =>
      forecast(fittedCurve(curveOf(SIZES, shares, { writers: 100, seed: i + 1, noise: 0.5 })), 400, 0.8),
    );
    expect(found.filter(({ kind }) => kind === "gain").length).toBeLessThanOrEqual(3);
  }
  const level = forecast(
    fittedCurve(
      curveOf(
        SIZES,
        SIZES.map(() => 0.05),
      ),
    ),
    400,
    0.8,
  );
  expect(level).toMatchObject({ kind: "none", reason: "no_gain", values: { most: 400, low: 0, high: 0 } });
});

test("forecast() refuses too few points, too few mistakes and too long a way", () => {
  const few = fittedCurve(curveOf([0, 20, 40], [0.2, 0.15, 0.1]));
  expect(forecast(few, 40, 0.8)).toEqual({
    kind: "none",
    reason: "few_sizes",
    values: { sizes: 2, needed: 3 },
  });
  const easy = fittedCurve(
    curveOf(
      SIZES,
      SIZES.map(() => 0.001),
    ),
  );
  expect(forecast(easy, 400, 0.8)).toMatchObject({ reason: "few_mistakes", values: { needed: 20 } });
  const falling = fittedCurve(curveOf(SIZES, FALLING, { writers: 200 }));
  expect(forecast(falling, 720, 0.8).kind).toBe("gain");
  expect(forecast(falling, 721, 0.8)).toEqual({
    kind: "none",
    reason: "too_far",
    values: { most: 400, now: 721 },
  });
});

test("forecast() says that the curve is flat where labels have brought a gain and then none", () => {
  const curve = curveOf(SIZES, [0.3, 0.05, 0.05, 0.05, 0.05], { writers: 30 });
  expect(forecast(fittedCurve(curve), 400, 1)).toEqual({
    ...{ kind: "none", reason: "flat" },
    values: { from: 100, most: 400, low: 0, high: 0 },
  });
});

test("fittedCurve() has the measured shares within their intervals, and lineOf() follows the fit to the end", () => {
  const curve = curveOf(SIZES, FALLING, { writers: 30 });
  const { points, mistakes } = fittedCurve(curve);
  expect(points.map(({ labels }) => labels)).toEqual(SIZES);
  expect(points.map(({ share }) => share * 750)).toEqual(curve.errors);
  expect(points.every(({ share, low, high }) => low < share && share < high)).toBe(true);
  expect(mistakes).toBe(curve.errors[0]!);
  const line = lineOf({ a: 0, logB: 0, c: 0.5, m: 100, misfit: 0 }, 300);
  expect(line[0]).toMatchObject({ labels: 0 });
  expect(line[0]!.share).toBeCloseTo(0.1, 12);
  expect(line.at(-1)!.share).toBeCloseTo(0.05, 12);
});
