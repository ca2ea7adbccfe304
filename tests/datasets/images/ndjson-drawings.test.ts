import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClassNames } from "../../../src/datasets/images/class-names.ts";
import { readDrawings } from "../../../src/datasets/images/ndjson-drawings.ts";

const CLASSES = ["0", "1", "2"];
let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "tegaki-drawings-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function read(text: string) {
  const file = join(directory, "rows.ndjson");
  await Bun.write(file, text);
  return Array.fromAsync(readDrawings(file, new ClassNames(file, CLASSES, null)));
}

const one = `{"label":1,"writer":"ann","w":10,"h":100,"strokes":[[[5,0],[5,100]]]}`;

test("readDrawings() renders each row and keeps label, writer and raw strokes", async () => {
  const [row, ...more] = await read(`${one}\n`);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ line: 1, label: "1", writer: "ann", isSuspect: false });
  expect(row?.drawing).toEqual({
    strokes: [
      [
        [5, 0],
        [5, 100],
      ],
    ],
    width: 10,
    height: 100,
  });
  const ink = row?.pixels?.reduce((sum, value) => sum + value, 0) ?? 0;
  // A vertical bar 20 px long and 2.4 px wide, within 10 %.
  expect(Math.abs(ink / 255 - 20 * 2.4)).toBeLessThan(4.8);
});

test("readDrawings() passes over blank lines, takes CRLF, and marks suspect rows", async () => {
  const rows = await read(`\r\n${one}\r\n\r\n${one.replace("{", '{"suspect":0,')}`);
  expect(rows.map((row) => [row.line, row.isSuspect])).toEqual([
    [2, false],
    [4, true],
  ]);
});

test("readDrawings() gives null pixels when a drawing has no ink", async () => {
  const [row] = await read(`{"label":"2","w":10,"h":10,"strokes":[]}`);
  expect(row?.pixels).toBeNull();
});

test("readDrawings() takes rows of pixels, and keeps sitting and state as samples export writes them", async () => {
  const pixels = Array.from({ length: 784 }, (_, i) => (i === 400 ? 255 : 0));
  const [row] = await read(JSON.stringify({ label: "2", pixels, session: "s1", state: "rejected" }));
  expect(row).toMatchObject({ drawing: null, session: "s1", isRejected: true });
  expect(row).toMatchObject({ pixels: null, values: pixels });
});

test.each([
  ["{", /line 2: .*JSON/i],
  ["[1]", /line 2: expected an object/],
  [one.replace('"label":1', '"label":7'), /line 2: expected a label of the classes 0, 1, 2, found 7/],
  [one.replace("[5,0]", '["x",0]'), /line 2: strokes\[0\]\[0\]\[0\]/],
  [one.replace('"w":10,', ""), /line 2: width/],
])("readDrawings() names file, line and field when a row is %s", async (text, message) => {
  await expect(read(`${one}\n${text}\n`)).rejects.toThrow(message);
});

test("readDrawings() reports a missing file", async () => {
  await expect(Array.fromAsync(readDrawings(join(directory, "none.ndjson"), null))).rejects.toThrow(
    /does not exist/,
  );
});

test("readDrawings() reads an exported drawing of none of the classes without a label, and every label when asked for none", async () => {
  const strokes = '"w":10,"h":100,"strokes":[[[5,0],[5,100]]]';
  const [negative] = await read(`{"label":null,"state":"negative",${strokes}}\n`);
  expect(negative).toMatchObject({ label: null, isRejected: false });
  expect(read(`{"label":null,"state":"labelled",${strokes}}\n`)).rejects.toThrow("found null");
  const file = join(directory, "letters.ndjson");
  await Bun.write(file, `{"label":"Q",${strokes}}\n{${strokes}}\n`);
  const rows = await Array.fromAsync(readDrawings(file, null));
  expect(rows.map(({ label }) => label)).toEqual([null, null]);
});
