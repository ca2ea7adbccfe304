import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../src/lib/random.ts";
import {
  fitTemperature,
  likelihood,
  MAX_TEMPERATURE,
  MIN_TEMPERATURE,
} from "../../../src/training/evaluate/temperature.ts";

/** Labels drawn from softmax(z), and the logits z·sharpness of an overconfident classifier. */
function overconfident(n: number, K: number, sharpness: number, seed: number) {
  const random = createRandom(seed);
  const logits = new Float32Array(n * K);
  const labels = Uint8Array.from({ length: n }, (_, i) => {
    const row = Array.from({ length: K }, () => 2 * random.normal());
    const powers = row.map(Math.exp);
    let left = random.next() * powers.reduce((sum, power) => sum + power, 0);
    let label = 0;
    while (label < K - 1 && left > powers[label]!) left -= powers[label++]!;
    row.forEach((value, k) => {
      logits[i * K + k] = value * sharpness;
    });
    return label;
  });
  return { logits, labels };
}

describe("likelihood()", () => {
  test("matches hand arithmetic for two logits at temperature 2: log(1 + exp(-1)) and its slope", () => {
    const { loss, gradient } = likelihood(Float32Array.from([3, 1]), Uint8Array.from([0]), 2);
    // z/T = 1.5, 0.5: the label's probability is 1 / (1 + e^-1).
    const p = 1 / (1 + Math.exp(-1));
    expect(loss).toBeCloseTo(-Math.log(p), 12);
    expect(gradient).toBeCloseTo(1.5 - (p * 1.5 + (1 - p) * 0.5), 12);
  });

  test("has a gradient that matches central differences over log T within 1e-6", () => {
    const { logits, labels } = overconfident(200, 5, 3, 1);
    for (const T of [0.6, 1, 2.5, 7]) {
      const h = 1e-4;
      const above = likelihood(logits, labels, T * Math.exp(h)).loss;
      const below = likelihood(logits, labels, T * Math.exp(-h)).loss;
      expect(likelihood(logits, labels, T).gradient).toBeCloseTo((above - below) / (2 * h), 6);
    }
  });
});

describe("fitTemperature()", () => {
  test("finds what a grid of 2,000 temperatures finds, within a step of the grid", () => {
    const { logits, labels } = overconfident(500, 4, 2.5, 2);
    const step = Math.log(MAX_TEMPERATURE / MIN_TEMPERATURE) / 2_000;
    const grid = Array.from({ length: 2_001 }, (_, i) => MIN_TEMPERATURE * Math.exp(i * step));
    const losses = grid.map((T) => likelihood(logits, labels, T).loss);
    const best = grid[losses.indexOf(Math.min(...losses))]!;
    expect(Math.abs(Math.log(fitTemperature(logits, labels, 4) / best))).toBeLessThan(step);
  });

  test("recovers within 5 % the factor by which 20,000 logits are too sharp", () => {
    const { logits, labels } = overconfident(20_000, 3, 2, 3);
    expect(fitTemperature(logits, labels, 3)).toBeGreaterThan(1.9);
    expect(fitTemperature(logits, labels, 3)).toBeLessThan(2.1);
  });

  test("stops at 10 when the logits contradict the labels, and at 0.5 when they are far too weak", () => {
    expect(fitTemperature(Float32Array.from([4, 0, 0, 4]), Uint8Array.from([1, 0]), 2)).toBeCloseTo(10, 9);
    const weak = Float32Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 0.01 : 0));
    const labels = Uint8Array.from({ length: 100 }, (_, n) => (n === 0 ? 1 : 0));
    expect(fitTemperature(weak, labels, 2)).toBeCloseTo(0.5, 9);
  });

  test("gives 1 when there is no mistake to learn from", () => {
    expect(fitTemperature(Float32Array.from([2, 1, 0, 5]), Uint8Array.from([0, 1]), 2)).toBe(1);
  });

  test("throws a RangeError when the sizes disagree, the set is empty or a label is not a class", () => {
    expect(() => fitTemperature(new Float32Array(), new Uint8Array(), 2)).toThrow(RangeError);
    expect(() => fitTemperature(new Float32Array(5), new Uint8Array(2), 2)).toThrow("5 logits for 2 labels");
    expect(() => fitTemperature(new Float32Array(2), Uint8Array.from([2]), 2)).toThrow(
      "label 2 of 2 classes",
    );
  });
});
