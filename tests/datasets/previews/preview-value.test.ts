import { expect, test } from "bun:test";
import { decode } from "fast-png";
import { previewOfValue, sheetPreview } from "../../../src/datasets/previews/preview-value.ts";

const pixels = (url: string) => decode(Buffer.from(url.replace("data:image/png;base64,", ""), "base64"));

test("previewOfValue() shows images as a contact sheet, dark ink on paper", () => {
  const images = new Uint8Array(2 * 4).fill(0);
  images[0] = 255;
  const preview = previewOfValue("set", { rows: 2, cols: 2, images, labels: new Uint8Array(2) });
  expect(preview).toMatchObject({ kind: "images", alt: "set", total: 2 });
  const sheet = pixels((preview as { src: string }).src);
  expect([sheet.width, sheet.height]).toEqual([13, 8]);
  expect([sheet.data[3 * 13 + 3], sheet.data[3 * 13 + 4]]).toEqual([0, 255]);
});

test("previewOfValue() counts the images of all sets of an object, and shows the first that has any", () => {
  const set = (n: number) => ({ rows: 1, cols: 1, images: new Uint8Array(n) });
  expect(previewOfValue("d", { train: set(3), holdout: set(2) })).toMatchObject({ kind: "images", total: 5 });
  expect(previewOfValue("d", { train: set(0), holdout: set(2) })).toMatchObject({ total: 2 });
  expect(sheetPreview("d", set(100), 70_000)).toMatchObject({ total: 70_000 });
});

test("previewOfValue() shows rows as a table of their first twenty", () => {
  const rows = Array.from({ length: 30 }, (_, i) => ({ id: i, name: `n${i}` }));
  const preview = previewOfValue("rows", rows);
  expect(preview).toMatchObject({ kind: "table", columns: ["id", "name"], total: 30 });
  expect(preview.kind === "table" && preview.rows.slice(0, 2)).toEqual([
    ["0", "n0"],
    ["1", "n1"],
  ]);
  expect(preview.kind === "table" && preview.rows.length).toBe(20);
  expect(previewOfValue("list", [1, [2]])).toMatchObject({ columns: ["value"], rows: [["1"], ["[2]"]] });
});

test("previewOfValue() shows a training's history and lists of figures as curves", () => {
  const history = [
    { epoch: 1, loss: 0.5, val_accuracy: null },
    { epoch: 2, loss: 0.25, val_accuracy: null },
  ];
  expect(previewOfValue("report", { history, best_epoch: 2 })).toEqual({
    kind: "curve",
    curves: [
      {
        name: "loss",
        points: [
          { x: 1, y: 0.5 },
          { x: 2, y: 0.25 },
        ],
      },
    ],
  });
  expect(previewOfValue("m", { loss: [3, 2, 1] })).toMatchObject({ kind: "curve" });
});

test("previewOfValue() shows other values by their path, and text and scalars unchanged", () => {
  expect(previewOfValue("m", { a: { b: 0.123456789 }, c: null })).toMatchObject({
    kind: "table",
    rows: [
      ["a.b", "0.123457"],
      ["c", ""],
    ],
  });
  expect(previewOfValue("t", "hello")).toEqual({ kind: "text", text: "hello" });
  expect(previewOfValue("n", 7)).toEqual({ kind: "text", text: "7" });
});

test("previewOfValue() shows the layers of a model with their weights", () => {
  const layers = [{ class_name: "Dense", config: { name: "dense" } }];
  const model = {
    modelTopology: { config: { layers } },
    weightSpecs: [
      { name: "dense/kernel", shape: [3, 4] },
      { name: "dense/bias", shape: [4] },
    ],
  };
  expect(previewOfValue("model", model)).toMatchObject({ kind: "table", rows: [["dense", "Dense", "16"]] });
});
