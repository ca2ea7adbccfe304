import { expect, test } from "bun:test";
import { shapeOf } from "../../src/runs/value-shape.ts";

const images = (n: number) => ({
  rows: 28,
  cols: 28,
  images: new Uint8Array(n * 784),
  labels: new Uint8Array(n),
});

test.each<[string, unknown, string, number[] | null]>([
  ["a set of images", images(5), "images", [5, 28, 28]],
  ["no images", images(0), "images", [0, 28, 28]],
  [
    "sets of images by name",
    { train: images(5), test: images(2), lastSampleId: null },
    "images",
    [7, 28, 28],
  ],
  ["labels", new Uint8Array(9), "array", [9]],
  ["a buffer's view", new DataView(new ArrayBuffer(8)), "array", [8]],
  ["a list", [1, 2, 3], "list", [3]],
  ["a model", { modelTopology: {}, weightSpecs: [], weightData: new ArrayBuffer(4) }, "model", null],
  ["an object", { accuracy: 0.9 }, "object", null],
  ["a number", 3, "number", null],
  ["a text", "x", "string", null],
  ["null", null, "null", null],
])("shapeOf() of %s is its type and its rows", (_, value, type, shape) => {
  expect(shapeOf(value)).toEqual({ type, shape });
});
