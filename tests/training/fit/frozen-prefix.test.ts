import { expect, test } from "bun:test";
import { frozenPrefix } from "../../../src/training/fit/frozen-prefix.ts";

const layer = (name: string, kind: string) => ({
  name,
  weights: kind === "Conv2D" || kind === "Dense" ? ["kernel", "bias"] : [],
  getClassName: () => kind,
});

const seedCnn = [
  layer("conv_1", "Conv2D"),
  layer("conv_2", "Conv2D"),
  layer("pool", "MaxPooling2D"),
  layer("dropout_1", "Dropout"),
  layer("flatten", "Flatten"),
  layer("dense", "Dense"),
  layer("dropout_2", "Dropout"),
  layer("predictions", "Dense"),
];

test("frozenPrefix() ends at the dropout after the last frozen layer, which differs from step to step", () => {
  expect(frozenPrefix(seedCnn, new Set(["dense", "predictions"]))).toBe(3);
  expect(frozenPrefix(seedCnn, new Set(["predictions"]))).toBe(6);
});

test("frozenPrefix() includes dropout between frozen layers", () => {
  const layers = [
    layer("a", "Conv2D"),
    layer("drop", "Dropout"),
    layer("b", "Conv2D"),
    layer("flat", "Flatten"),
    layer("c", "Dense"),
  ];
  expect(frozenPrefix(layers, new Set(["c"]))).toBe(4);
});

test("frozenPrefix() is 0 when the first layer is trained, or nothing before the trained one has weights", () => {
  expect(frozenPrefix(seedCnn, new Set(["conv_1"]))).toBe(0);
  expect(frozenPrefix([layer("flat", "Flatten"), layer("d", "Dense")], new Set(["d"]))).toBe(0);
});
