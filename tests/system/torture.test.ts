import { afterAll, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROWS } from "../torture/rows.ts";
import { tryRow } from "../torture/support/try-row.ts";

/* The quick forms of the rows of docs/reliability.md whose long form is `npm run torture`. */

/** A share of the long form, by row; the others have a test of their own, or take too long. */
const QUICK: Readonly<Record<number, number>> = {
  ...{ 2: 0.1, 3: 0.1, 4: 0.2, 5: 1, 6: 0.05 },
  ...{ 7: 0.06, 13: 0.05, 15: 0.1, 20: 0.04 },
};

const ROOT = join(import.meta.dir, "../..");
const skipped: string[] = [];
afterAll(() => {
  for (const why of skipped) console.warn(why);
});

for (const row of ROWS.filter((one) => one.row in QUICK)) {
  test(`row ${row.row}: ${row.property}`, async () => {
    const { outcome, tried, words } = await tryRow(row, QUICK[row.row]);
    if (outcome === "skipped") skipped.push(`row ${row.row} was skipped: ${tried}`);
    expect(words).toEqual([]);
    expect(outcome).not.toBe("failed");
  }, 120_000);
}

test("every row names a quick form that exists, and a bound, and comes once", () => {
  for (const { quick, boundSeconds } of ROWS) {
    expect(existsSync(join(ROOT, quick))).toBe(true);
    expect(boundSeconds).toBeGreaterThan(0);
  }
  const numbers = ROWS.map(({ row }) => row);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
});
