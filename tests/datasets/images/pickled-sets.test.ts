import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePickles } from "../../../src/datasets/formats/pickle/parse.ts";
import type { PickledValue } from "../../../src/datasets/formats/pickle/value.ts";
import { drawingsOf, mnistOf } from "../../../src/datasets/images/pickled-sets.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
/** Written by numpy, see tests/datasets/formats/pickle.test.ts. */
const fixture = async (name: string) =>
  parsePickles(await readFile(join(import.meta.dir, "../../fixtures/pickle", name)));

const images = (n: number, value = 255): PickledValue => ({
  dtype: "uint8",
  shape: [n, 2, 2],
  data: Uint8Array.from({ length: 4 * n }, (_, i) => (i % 4 === 0 ? value : 0)),
});
const labels = (...values: number[]): PickledValue => ({
  dtype: "uint8",
  shape: [values.length],
  data: Uint8Array.from(values),
});

function told<T>(convert: (notice: (text: string) => void) => T) {
  const notices: string[] = [];
  return { value: convert((text) => void notices.push(text)), notices };
}

test("mnistOf() takes what Keras gives for mnist_data", async () => {
  const value = await fixture("mnist.pkl");
  const { train, test: held } = mnistOf(value, () => {});
  expect([train.rows, train.cols, train.images.length, held.images.length]).toEqual([28, 28, 3 * 784, 784]);
  expect([...train.labels, ...held.labels]).toEqual([5, 0, 4, 7]);
  expect(train.images[784 + 14 * 28 + 14]).toBe(20);
});

test("mnistOf() joins training and validation images of three pairs", () => {
  const value = [
    [images(1), labels(3)],
    [images(2), labels(1, 4)],
    [images(1), labels(9)],
  ];
  const { train, test: held } = mnistOf([value], () => {});
  expect([[...train.labels], train.images.length, [...held.labels]]).toEqual([[3, 1, 4], 12, [9]]);
});

test("drawingsOf() scales pixels between 0 and 1 for app_data, and says so once", async () => {
  const value = await fixture("app.pkl");
  const { value: drawings, notices } = told((notice) => drawingsOf(value, DIGITS, notice));
  const { train, holdout, lastSampleId } = drawings;
  expect([train.rows, train.cols, [...train.labels]]).toEqual([28, 28, [1, 9]]);
  expect(train.images[784 + 14 * 28 + 14]).toBe(20);
  expect([holdout.labels.length, lastSampleId]).toEqual([0, null]);
  expect(notices).toEqual(["images: pixel values are in 0 to 1. They were multiplied by 255"]);
});

test("drawingsOf() takes all of a file that grew by appending, in one range", () => {
  const parts = [
    [images(2), labels(3, 1)],
    [images(1, 1), labels(4)],
  ];
  const { value, notices } = told((notice) => drawingsOf(parts, DIGITS, notice));
  expect([...value.train.labels]).toEqual([3, 1, 4]);
  expect([...value.train.images.filter((pixel) => pixel > 0)]).toEqual([255, 255, 1]);
  expect(notices).toEqual([]);
});

test("drawingsOf() gives the index of the class that a label names", () => {
  expect([...drawingsOf([[images(2), labels(5, 3)]], ["3", "5"], () => {}).train.labels]).toEqual([1, 0]);
  expect([...drawingsOf([[images(2), labels(1, 0)]], ["a", "b"], () => {}).train.labels]).toEqual([1, 0]);
});

test.each<[string, PickledValue[], RegExp]>([
  ["one array", [labels(1)], /images without labels; expected \(images, labels\)/],
  ["no arrays", [[1, 2]], /no numpy array; expected \(images, labels\)/],
  ["other counts", [[images(1), labels(1, 2)]], /1 images, but 2 labels/],
  ["a label that is no class", [[images(1), labels(10)]], /labels, label 0: .*found 10/],
  [
    "standardised pixels",
    [[{ dtype: "float32", shape: [1, 1, 1], data: Float32Array.of(-1) }, labels(1)]],
    /standardised/,
  ],
  [
    "values beyond a byte",
    [[{ dtype: "int16", shape: [1, 1, 1], data: Int16Array.of(300) }, labels(1)]],
    /from 0 to 300, expected 0 to 255/,
  ],
])("drawingsOf() refuses %s", (_, value, reason) => {
  expect(() => drawingsOf(value, DIGITS, () => {})).toThrow(reason);
});

test.each<[string, PickledValue[], RegExp]>([
  ["a single pair", [[images(1), labels(1)]], /expected \(\(train images, labels\)/],
  [
    "a label that is no digit",
    [
      [
        [images(1), labels(1)],
        [images(1), labels(10)],
      ],
    ],
    /label 1: expected a digit 0 to 9, found 10/,
  ],
])("mnistOf() refuses %s", (_, value, reason) => {
  expect(() => mnistOf(value, () => {})).toThrow(reason);
});
