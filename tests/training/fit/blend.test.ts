import { expect, test } from "bun:test";
import { blended } from "../../../src/training/fit/blend.ts";

test("blended() returns weights between two models', by the share that is kept", () => {
  const [tuned, before] = [Float32Array.of(1, -2, 0), Float32Array.of(3, 2, 0)];
  expect(blended(tuned, before, 0.25)).toEqual(Float32Array.of(1.5, -1, 0));
  expect(blended(tuned, before, 0)).toEqual(tuned);
  expect(blended(tuned, before, 1)).toEqual(before);
  expect(blended(new Float32Array(), new Float32Array(), 0.5)).toEqual(new Float32Array());
});

test("blended() leaves a weight that both models share as it is, bit by bit", () => {
  const shared = Float32Array.from({ length: 1_000 }, (_, i) =>
    Math.fround(Math.sin(i) * 10 ** ((i % 30) - 15)),
  );
  expect(blended(shared, shared.slice(), 0.3)).toEqual(shared);
});

test("blended() throws a RangeError for models of different sizes", () => {
  expect(() => blended(new Float32Array(2), new Float32Array(3), 0.5)).toThrow(RangeError);
});
