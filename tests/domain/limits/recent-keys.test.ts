import { expect, test } from "bun:test";
import { RecentKeys } from "../../../src/domain/limits/recent-keys.ts";

test("RecentKeys forgets a key when its time is over, and the oldest one when there are too many", () => {
  let nowMs = 0;
  const keys = new RecentKeys<number>({ now: () => new Date(nowMs) }, { max: 2, keepMs: 1_000 });
  keys.add("a", 1);
  nowMs = 999;
  expect(keys.get("a")).toBe(1);
  keys.add("b", 2);
  nowMs = 1_000;
  expect([keys.get("a"), keys.get("b")]).toEqual([undefined, 2]);
  keys.add("c", 3);
  keys.add("b", 4);
  keys.add("d", 5);
  expect([keys.get("b"), keys.get("c"), keys.get("d")]).toEqual([4, undefined, 5]);
});
