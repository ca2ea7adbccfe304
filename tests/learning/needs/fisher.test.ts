import { expect, test } from "bun:test";
import { holm, moreMistakes } from "../../../src/learning/needs/fisher.ts";

/** The plain reference: counts every way to choose the group's drawings. */
function counted(n: number, wrong: number, N: number, K: number): number {
  const choose = (a: number, b: number): number =>
    b < 0 || b > a ? 0 : b === 0 ? 1 : (choose(a - 1, b - 1) * a) / b;
  let ways = 0;
  for (let k = wrong; k <= Math.min(n, K); k++) ways += choose(K, k) * choose(N - K, n - k);
  return ways / choose(N, n);
}

test("moreMistakes() is the share of all choices with as many mistakes, within 1e-10", () => {
  for (const [n, wrong, others, othersWrong] of [
    [4, 3, 4, 1],
    [1, 1, 9, 0],
    [10, 0, 10, 5],
    [7, 7, 20, 2],
    [40, 9, 60, 4],
    [5, 2, 1, 1],
  ] as const) {
    const p = moreMistakes({ n, wrong }, { n: others, wrong: othersWrong });
    expect(p).toBeCloseTo(counted(n, wrong, n + others, wrong + othersWrong), 10);
  }
  // Fisher's tea: 17/70 for 3 of 4.
  expect(moreMistakes({ n: 4, wrong: 3 }, { n: 4, wrong: 1 })).toBeCloseTo(17 / 70, 12);
});

test("moreMistakes() is 1 without mistakes or others, and finite for 100,000 drawings", () => {
  expect(moreMistakes({ n: 10, wrong: 0 }, { n: 90, wrong: 0 })).toBeCloseTo(1, 12);
  expect(moreMistakes({ n: 10, wrong: 4 }, { n: 0, wrong: 0 })).toBeCloseTo(1, 12);
  expect(moreMistakes({ n: 0, wrong: 0 }, { n: 5, wrong: 1 })).toBeCloseTo(1, 12);
  const even = moreMistakes({ n: 10_000, wrong: 150 }, { n: 90_000, wrong: 1_350 });
  expect(even).toBeGreaterThan(0.4);
  expect(even).toBeLessThan(0.6);
  expect(moreMistakes({ n: 10_000, wrong: 300 }, { n: 90_000, wrong: 1_350 })).toBeLessThan(1e-20);
  expect(() => moreMistakes({ n: 1, wrong: 2 }, { n: 5, wrong: 0 })).toThrow(RangeError);
});

test("holm() multiplies the smallest p by their number, the next by one less, and never decreases", () => {
  expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  expect(holm([0.5, 0.9])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});
