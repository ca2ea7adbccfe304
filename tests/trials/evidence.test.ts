import { expect, test } from "bun:test";
import { logEvidence, signTest } from "../../src/trials/evidence.ts";
import { simulate } from "./simulate.ts";

/** The integral in the definition, by the midpoint rule. */
function integrated(wins: number, losses: number, p0: number): number {
  const steps = 200_000;
  const width = (1 - p0) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const q = p0 + (i + 0.5) * width;
    sum += (q / p0) ** wins * ((1 - q) / (1 - p0)) ** losses;
  }
  return (sum * width) / (1 - p0);
}

test("logEvidence() is 0 without pairs: the e-value starts at 1", () => {
  expect(logEvidence(0, 0)).toBeCloseTo(0, 12);
  expect(logEvidence(0, 0, 0.6)).toBeCloseTo(0, 12);
});

test("logEvidence() after one win is log 1.5, after one loss log 0.5, by hand", () => {
  // 2 · ∫ 2q dq over (1/2, 1) = 3/2; 2 · ∫ 2(1 − q) dq = 1/2.
  expect(Math.exp(logEvidence(1, 0))).toBeCloseTo(1.5, 12);
  expect(Math.exp(logEvidence(0, 1))).toBeCloseTo(0.5, 12);
});

test.each([
  [5, 2, 0.5],
  [2, 9, 0.5],
  [17, 0, 0.5],
  [12, 30, 0.6],
  [40, 12, 0.55],
])("logEvidence(%d, %d, %d) equals the integral within 1e-6 of it", (wins, losses, p0) => {
  const expected = integrated(wins, losses, p0);
  expect(Math.abs(Math.exp(logEvidence(wins, losses, p0)) / expected - 1)).toBeLessThan(1e-6);
});

test("logEvidence() needs 17 wins without a loss for 1 in 10,000", () => {
  expect(Math.exp(logEvidence(16, 0))).toBeLessThan(10_000);
  expect(Math.exp(logEvidence(17, 0))).toBeGreaterThan(10_000);
});

test("logEvidence() is finite for counts of a hundred thousand", () => {
  expect(logEvidence(60_000, 40_000)).toBeGreaterThan(1_000);
  expect(Number.isFinite(logEvidence(40_000, 60_000))).toBe(true);
});

test("logEvidence() has the mean 1 after 12 pairs of equally good models, summed over all outcomes", () => {
  let mean = 0;
  for (let wins = 0, ways = 1; wins <= 12; ways = (ways * (12 - wins)) / (wins + 1), wins++) {
    mean += (ways / 2 ** 12) * Math.exp(logEvidence(wins, 12 - wins));
  }
  expect(mean).toBeCloseTo(1, 9);
});

const OPTIONS = { maxLabels: 2_000, worseNullShare: 0.5, seed: 11 };

test("logEvidence() is ever above 1/0.05 in at most 5 % of 2,000 trials of equal models, in each direction", () => {
  const scenario = { otherOnly: 0.1, championOnly: 0.1 };
  const { better, worse } = simulate(scenario, { ...OPTIONS, trials: 2_000, falseAlarmRate: 0.05 });
  for (const alarms of [better.length, worse.length]) {
    // Three standard errors of a share of 5 % in 2,000 trials are 1.5 points.
    expect(alarms / 2_000).toBeLessThan(0.05 + 0.015);
    expect(alarms).toBeGreaterThan(10);
  }
});

test("logEvidence() is above 10,000 in at most 2 of 10,000 trials of equal models", () => {
  const scenario = { otherOnly: 0.05, championOnly: 0.05 };
  const { better } = simulate(scenario, { ...OPTIONS, trials: 10_000, falseAlarmRate: 0.0001 });
  expect(better.length).toBeLessThanOrEqual(2);
});

test("logEvidence() finds a model that is 20 points worse within 160 labels, in 95 of 100 trials", () => {
  const scenario = { otherOnly: 0.21, championOnly: 0.01 };
  const { better } = simulate(scenario, { ...OPTIONS, trials: 400, falseAlarmRate: 0.0001 });
  expect(better.filter((n) => n <= 160).length).toBeGreaterThan(380);
});

test("people who confirm a fifth of the champion's mistakes do not get an equal challenger dropped", () => {
  // Without mistakes in the labels 4 % each; of the champion's 4 %, 0.8 points are confirmed and become losses.
  const scenario = { otherOnly: 0.032, championOnly: 0.048 };
  const options = { ...OPTIONS, maxLabels: 5_000, trials: 2_000, falseAlarmRate: 0.01 };
  expect(simulate(scenario, { ...options, worseNullShare: 0.6 }).worse.length).toBeLessThanOrEqual(30);
  expect(simulate(scenario, options).worse.length).toBeGreaterThan(100);
});

test("signTest() is the exact two-sided McNemar test: 1 of 6 against 5 gives p = 14/64", () => {
  expect(signTest(1, 5)).toBeCloseTo(14 / 64, 12);
  expect(signTest(5, 1)).toBeCloseTo(14 / 64, 12);
  expect(signTest(3, 3)).toBe(1);
  expect(signTest(0, 0)).toBe(1);
});

test("logEvidence() refuses counts and shares that cannot be", () => {
  expect(() => logEvidence(-1, 0)).toThrow("found -1 and 0");
  expect(() => logEvidence(1, 0.5)).toThrow(RangeError);
  expect(() => logEvidence(1, 1, 1)).toThrow("nullShare must be in (0, 1), found 1");
});
