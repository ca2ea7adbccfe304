import { expect, test } from "bun:test";
import { join } from "node:path";
import { readImages } from "../../../src/datasets/images/read-images.ts";

const CASES = join(import.meta.dir, "../../fixtures/cases");
const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

async function read(name: string) {
  const notices: string[] = [];
  const notice = (text: string) => void notices.push(text);
  const file = join(CASES, name);
  const rows = await Array.fromAsync(readImages({ file }, { classes: CLASSES, parts: "all", notice }));
  return { rows, notices: notices.map((text) => text.replace(`${CASES}/`, "")) };
}

/** The same ten digits in every file, as bytes. */
const scanned = await read("t10k-images.idx3-ubyte");

test.each([
  "g-images-idx3-ubyte.gz",
  "onehot.pkl",
  "p.pkl.gz",
  "t10k-images.idx3-ubyte",
  "train.csv",
  "y_col.pkl",
  "y_list.pkl",
])("%s is read as the ten digits, without a notice", async (name) => {
  const { rows, notices } = await read(name);
  expect(rows.map(({ label }) => label)).toEqual(CLASSES);
  expect(rows.map(({ pixels }) => pixels)).toEqual(scanned.rows.map(({ pixels }) => pixels));
  expect(notices).toEqual([]);
});

test("inv.images.idx is turned to light ink on dark, and says so once", async () => {
  const { rows, notices } = await read("inv.images.idx");
  expect(rows.map(({ pixels }) => pixels)).toEqual(scanned.rows.map(({ pixels }) => pixels));
  expect(notices).toEqual([
    "inv.images.idx: the images are dark on light. They were inverted: ink is light on dark here",
  ]);
});

test("bin.images.idx is scaled to 0..255, and says so once", async () => {
  const { rows, notices } = await read("bin.images.idx");
  expect(rows.map(({ label }) => label)).toEqual(CLASSES);
  expect(new Set(rows.flatMap(({ pixels }) => [...pixels!]))).toEqual(new Set([0, 255]));
  expect(notices).toEqual(["bin.images.idx: pixel values are in 0 to 1. They were multiplied by 255"]);
});

test.each(["base.ndjson", "bom.ndjson"])("%s is read as ten drawings", async (name) => {
  const { rows } = await read(name);
  expect(rows.map(({ label }) => label)).toEqual(CLASSES);
  expect(rows.every(({ drawing, pixels }) => drawing !== null && pixels !== null)).toBe(true);
});
