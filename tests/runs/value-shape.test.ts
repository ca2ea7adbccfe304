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

test("shapeOf() of a table has the types of its columns, whatever row they are first seen in", () => {
  const rows = [
    { price: null, name: "a", code: "007", sold: true, note: null, any: 1 },
    { price: 250, name: "b", code: "12", sold: false, note: null, any: "x" },
  ];
  expect(shapeOf(rows)).toEqual({
    type: "list",
    shape: [2],
    columns: [
      { name: "price", type: "number" },
      { name: "name", type: "string" },
      { name: "code", type: "string" },
      { name: "sold", type: "boolean" },
      { name: "note", type: "null" },
      { name: "any", type: "mixed" },
    ],
  });
  const wide = [Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`c${i}`, i]))];
  expect(shapeOf(wide)).toEqual({ type: "list", shape: [1] });
  expect(shapeOf([{ a: 1 }, 2])).toEqual({ type: "list", shape: [2] });
});
