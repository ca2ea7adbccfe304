import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../src/lib/random.ts";
import { plainProbabilities } from "../../../src/training/memory/class-evidence.reference.ts";
import {
  CLASS_KERNEL,
  classProbabilities,
  type Neighbour,
} from "../../../src/training/memory/class-evidence.ts";

const KERNEL = { decay: 2, temperature: 0.5, examples: 0.25 };
const at = (label: string, ...distances: number[]): Neighbour[] =>
  distances.map((distance) => ({ label, distance }));

describe("classProbabilities()", () => {
  test("is a softmax of the log mean kernels over the temperature", () => {
    const [a, b] = classProbabilities([...at("a", 0), ...at("b", 1)], ["a", "b"], KERNEL);
    // exp(0) and exp(-2), squared.
    expect(a).toBeCloseTo(1 / (1 + Math.exp(-4)), 12);
    expect(b).toBeCloseTo(1 - a!, 12);
  });

  test("does not favour a class for having more drawings", () => {
    const few = [...at("a", 0.5), ...at("b", 0.5)];
    const many = [...few, ...at("a", 0.5, 0.5, 0.5)];
    expect([...classProbabilities(many, ["a", "b"], KERNEL)]).toEqual([0.5, 0.5]);
  });

  for (const [classes, drawings] of [
    [2, 2],
    [3, 7],
    [26, 200],
    [255, 300],
  ] as const) {
    test(`agrees within 1e-9 with the plain form for ${classes} classes and ${drawings} drawings`, () => {
      const random = createRandom(classes).fork("neighbours");
      const names = Array.from({ length: classes }, (_, k) => `class ${k}`);
      const neighbours = Array.from({ length: drawings }, (_, n) => ({
        label: n < classes ? names[n]! : names[random.int(classes)]!,
        distance: 1.5 * random.next(),
      }));
      const examples = Array.from({ length: classes }, (_, n) => ({
        label: names[n >> 1]!,
        distance: 1.5 * random.next(),
      }));
      for (const some of [[], examples]) {
        const fast = classProbabilities(neighbours, names, CLASS_KERNEL, some);
        const plain = plainProbabilities(neighbours, names, CLASS_KERNEL, some);
        fast.forEach((p, k) => {
          expect(Math.abs(p - plain[k]!)).toBeLessThan(1e-9);
        });
      }
    });
  }

  test("mixes in the examples of the classes that have some", () => {
    const drawings = [...at("a", 0), ...at("b", 0)];
    const [a, b] = classProbabilities(drawings, ["a", "b"], KERNEL, at("b", 1, 1));
    // 0.75 · 1 + 0.25 · exp(-2) for b, squared.
    expect(b! / a!).toBeCloseTo((0.75 + 0.25 * Math.exp(-2)) ** 2, 12);
  });

  test("still tells the nearest of drawings that are all far away", () => {
    const far = classProbabilities([...at("a", 1_000), ...at("b", 1_000.5)], ["a", "b"], KERNEL);
    expect(far[0]).toBeCloseTo(1 / (1 + Math.exp(-2)), 9);
  });

  test("ignores drawings of other labels, and refuses a class without any", () => {
    const neighbours = [...at("a", 0.1), ...at("z", 0), ...at("b", 0.1)];
    expect([...classProbabilities(neighbours, ["a", "b"], KERNEL)]).toEqual([0.5, 0.5]);
    expect(() => classProbabilities(neighbours, ["a", "c", "d"], KERNEL)).toThrow("no drawings of c, d");
  });
});
