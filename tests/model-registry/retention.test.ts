import { expect, test } from "bun:test";
import type { ModelFileRecord } from "../../src/domain/model.ts";
import { versionsToPrune } from "../../src/model-registry/retention.ts";

const record = (version: number, change: Partial<ModelFileRecord> = {}): ModelFileRecord => ({
  ...{ version, key: `registry/${version}`, sha256: "", state: "candidate", runId: null },
  ...change,
});
const pruned = (records: ModelFileRecord[], keep: number, needed: number[] = []) =>
  versionsToPrune(records, keep, new Set(needed)).map(({ version }) => version);

test("versionsToPrune() returns all but the newest, and what is needed", () => {
  const records = [5, 4, 3, 2, 1].map((version) => record(version));
  expect(pruned(records, 2)).toEqual([3, 2, 1]);
  expect(pruned(records, 2, [1, 3])).toEqual([2]);
  expect(pruned(records, 5)).toEqual([]);
});

test("versionsToPrune() does not count deleted versions, nor the built-in model", () => {
  const records = [
    record(4, { state: "deleted" }),
    record(3),
    record(2),
    record(1, { key: "builtin:base", state: "ready" }),
  ];
  expect(pruned(records, 1)).toEqual([2]);
});

test("versionsToPrune() keeps files that a kept version shares", () => {
  expect(pruned([record(3), record(2, { key: "registry/3" }), record(1)], 1)).toEqual([1]);
});
