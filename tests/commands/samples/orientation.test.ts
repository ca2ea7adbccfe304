import { expect, test } from "bun:test";
import type { InkRow } from "../../../src/commands/samples/ink-rows.ts";
import { orientationWarning } from "../../../src/commands/samples/orientation.ts";
import { transposed } from "../../../src/datasets/images/read-images.ts";

/** An image that says which way round it is: its first row is inked. */
const upright = Uint8Array.from({ length: 784 }, (_, i) => (i < 28 ? 255 : 0));

/** @param turned how many of the rows are stored transposed. */
function rowsOf(count: number, turned: number, more: Partial<InkRow> = {}): InkRow[] {
  return Array.from({ length: count }, (_, at) => ({
    at,
    label: "1",
    writer: null,
    session: null,
    drawing: null,
    pixels: at < turned ? transposed(upright) : upright,
    isSuspect: false,
    isRejected: false,
    ...more,
  }));
}

/** Reads upright images only. */
const accuracyOf = async (rows: readonly InkRow[]) =>
  rows.filter(({ pixels }) => pixels[27] === 255).length / rows.length;

test("orientationWarning() names both accuracies and the remedy when the images are read better transposed", async () => {
  const warning = await orientationWarning("emnist.idx", rowsOf(100, 90), accuracyOf);
  expect(warning).toBe(
    "emnist.idx: with rows and columns exchanged, the model reads 90 % of 100 images as labelled instead of 10 %. If they are stored column by column, give --transpose",
  );
});

const STROKES = { drawing: { strokes: [], width: 1, height: 1 } };
const SETS: Record<string, { rows: InkRow[]; isWarned: boolean }> = {
  "50 images, all transposed": { rows: rowsOf(50, 50), isWarned: true },
  "49 images, all transposed": { rows: rowsOf(49, 49), isWarned: false },
  "a reading that is 20 points better": { rows: rowsOf(50, 30), isWarned: true },
  "a reading that is 18 points better": { rows: rowsOf(100, 59), isWarned: false },
  "upright images": { rows: rowsOf(50, 0), isWarned: false },
  "drawings, which cannot be transposed": { rows: rowsOf(50, 50, STROKES), isWarned: false },
};

test.each(Object.keys(SETS))("orientationWarning() warns of what it should: %s", async (name) => {
  const { rows, isWarned } = SETS[name]!;
  expect((await orientationWarning("x", rows, accuracyOf)) !== null).toBe(isWarned);
});
