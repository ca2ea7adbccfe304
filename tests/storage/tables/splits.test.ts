import { expect, test } from "bun:test";
import { drawSplit } from "../../../src/storage/tables/splits.ts";

test("drawSplit() puts the asked share of 10,000 groups on the holdout side, within 0.015", () => {
  const groups = Array.from({ length: 10_000 }, (_, i) => `writer:${i}`);
  const share = groups.filter((group) => drawSplit(group, 0.2) === "holdout").length / groups.length;
  expect(Math.abs(share - 0.2)).toBeLessThan(0.015);
  expect(groups.every((group) => drawSplit(group, 0) === "train")).toBe(true);
});
