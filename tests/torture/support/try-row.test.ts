import { expect, test } from "bun:test";
import type { Row } from "./row.ts";
import { markdownTable, textTable } from "./table.ts";
import { tryRow } from "./try-row.ts";

const ROW: Row = {
  ...{ row: 7, property: "It holds", quick: "tests/x.test.ts", boundSeconds: 5 },
  missing: () => null,
  run: async (_, tally) => tally.figure("3 tries"),
};

test("tryRow() holds when nothing failed, and says how much was tried", async () => {
  expect(await tryRow(ROW)).toMatchObject({ outcome: "held", tried: "3 tries", failed: 0, words: [] });
});

test("tryRow() fails by every failure that was counted, and keeps the first ten in words", async () => {
  const run: Row["run"] = async (_, tally) => {
    for (let n = 0; n < 12; n++) tally.expect(false, `failure ${n}`);
    tally.expect(true, "not this one");
    tally.lost(3, "labels are missing");
    tally.lost(0, "labels are stored twice");
  };
  const result = await tryRow({ ...ROW, run });
  expect(result).toMatchObject({ outcome: "failed", failed: 15 });
  expect(result.words).toHaveLength(10);
});

test("tryRow() fails when the row throws", async () => {
  const run: Row["run"] = async () => {
    throw new Error("the server did not start");
  };
  expect(await tryRow({ ...ROW, run })).toMatchObject({
    ...{ outcome: "failed", failed: 1, words: ["the server did not start"] },
  });
});

test("tryRow() fails when the row takes longer than its bound, ends what it started, and counts nothing after", async () => {
  const ended: string[] = [];
  const run: Row["run"] = async (place) => {
    const { promise, reject } = Promise.withResolvers<void>();
    place.later(() => {
      ended.push("server");
      reject(new Error("the server has ended"));
    });
    await promise;
  };
  const result = await tryRow({ ...ROW, boundSeconds: 0.01, run });
  expect(result).toMatchObject({ outcome: "failed", failed: 1, words: ["not finished within 0.01 s"] });
  expect(ended).toEqual(["server"]);
});

test("tryRow() skips what the machine cannot do: nothing was tried, and nothing holds", async () => {
  const run: Row["run"] = async () => {
    throw new Error("it was tried");
  };
  const result = await tryRow({ ...ROW, missing: () => "strace is not installed", run });
  expect(result).toMatchObject({ outcome: "skipped", tried: "strace is not installed", failed: 0 });
  expect(textTable([result])).toContain("7 | It holds | strace is not installed | skipped | 0");
});

test("markdownTable() has a row for each result, and no cell ends early", async () => {
  const run: Row["run"] = async (_, tally) => tally.figure("a | b");
  expect(markdownTable([await tryRow({ ...ROW, run })]).split("\n")).toEqual([
    "| row | property | tried | lost or failed | seconds |",
    "| --- | --- | --- | --- | --- |",
    "| 7 | It holds | a \\| b | 0 | 0 |",
  ]);
});
