import { describe, expect, test } from "bun:test";
import { createRandom } from "../../src/lib/random.ts";

const draws = (seed: number, n = 5) => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => random.next());
};

describe("createRandom()", () => {
  test("next() gives the same numbers for the same seed, and others for another", () => {
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
  });

  test("next() stays in [0, 1) with mean 0.5 within 0.01 over 20,000 draws", () => {
    const values = draws(1, 20_000);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(values.reduce((a, b) => a + b) / values.length).toBeCloseTo(0.5, 2);
  });

  test("int() gives every value below n about equally often", () => {
    const random = createRandom(3);
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 14_000; i++) counts[random.int(7)]! += 1;
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  test("int() throws a RangeError when n is not a whole number above 0", () => {
    for (const n of [0, -1, 1.5, Number.NaN]) expect(() => createRandom(1).int(n)).toThrow(RangeError);
  });

  test("shuffle() keeps every element and changes the order, in plain and typed arrays", () => {
    const sorted = Array.from({ length: 50 }, (_, i) => i);
    const plain = createRandom(5).shuffle([...sorted]);
    const typed = createRandom(5).shuffle(Uint32Array.from(sorted));
    expect(plain).not.toEqual(sorted);
    expect([...plain].sort((a, b) => a - b)).toEqual(sorted);
    expect([...typed]).toEqual(plain);
  });

  test("normal() has mean 0 and variance 1 within 0.03 over 20,000 draws", () => {
    const random = createRandom(11);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  test("fork() depends on seed and label, not on what was drawn before", () => {
    const fresh = createRandom(9);
    const used = createRandom(9);
    used.next();
    expect(used.fork("a").next()).toBe(fresh.fork("a").next());
    expect(fresh.fork("a").next()).not.toBe(fresh.fork("b").next());
    expect(fresh.fork("a").next()).not.toBe(createRandom(10).fork("a").next());
  });

  test("throws a RangeError when the seed is not a whole number", () => {
    expect(() => createRandom(0.5)).toThrow("A seed must be a whole number, found 0.5");
  });
});
