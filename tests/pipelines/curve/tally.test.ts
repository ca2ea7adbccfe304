import { expect, test } from "bun:test";
import { Tally } from "../../../src/pipelines/curve/tally.ts";

test("Tally adds mistakes by group and number of labels, and counts drawings of repeated parts once", () => {
  const tally = new Tally(2);
  const units = ["a", "b", "a"];
  for (let repeat = 0; repeat < 2; repeat++) {
    tally.add(units, 0, Uint8Array.of(1, 1, 1));
    tally.add(units, 1, Uint8Array.of(0, 1, 0));
  }
  const others = ["a"];
  tally.add(others, 0, Uint8Array.of(1));
  tally.add(others, 1, Uint8Array.of(1));
  expect(tally.drawings).toBe(4);
  expect(tally.groups()).toEqual([
    { n: 5, errors: [5, 1] },
    { n: 2, errors: [2, 2] },
  ]);
});
