import { expect, test } from "bun:test";
import fc from "fast-check";
import type { DatasetConfig } from "../../../src/engine/catalog/dataset.ts";
import { hashOf } from "../../../src/engine/run/canonical.ts";
import { changeBetween, entryHash, keyOf, type NodeIdentity } from "../../../src/engine/run/node-identity.ts";

const value = fc.jsonValue({ maxDepth: 2 });
const key = fc.constantFrom(
  "filepath",
  "versioned",
  "load_args",
  "save_args",
  "credentials",
  "validator",
  "__proto__",
);
/** Entries of a catalog, as pairs in any order. */
const pairs = fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 6 });
const entry = (values: (readonly [string, unknown])[]) =>
  Object.fromEntries([["type", "csv"], ...values]) as DatasetConfig;

test("entryHash() changes with the value of any key of an entry but metadata and retain, at any depth", () => {
  fc.assert(
    fc.property(pairs, key, value, (values, changed, to) => {
      const before = values.find(([name]) => name === changed);
      fc.pre(before === undefined || hashOf(before[1]) !== hashOf(to));
      const after = [...values.filter(([name]) => name !== changed), [changed, to] as const];
      expect(entryHash(entry(after))).not.toBe(entryHash(entry(values)));
      expect(entryHash({ ...entry(values), type: "json" })).not.toBe(entryHash(entry(values)));
    }),
  );
});

test("entryHash() does not change with the order of keys, metadata or retain", () => {
  fc.assert(
    fc.property(pairs, value, (values, metadata) => {
      const other = [...values.toReversed(), ["metadata", metadata], ["retain", 3]] as const;
      expect(entryHash(entry([...other]))).toBe(entryHash(entry(values)));
    }),
  );
});

test("hashOf() tells apart values that JSON writes alike", () => {
  const values = [
    null,
    Number.NaN,
    Infinity,
    -Infinity,
    0,
    -0,
    "",
    "NaN",
    "-0",
    [],
    {},
    ["number", "NaN"],
    1n,
    "1",
    1,
    true,
  ];
  expect(new Set(values.map(hashOf)).size).toBe(values.length);
  expect(hashOf({ a: 1, b: [2] })).toBe(hashOf({ b: [2], a: 1 }));
});

const IDENTITY: NodeIdentity = {
  inputs: { raw: "r1", "params:k": "k1" },
  entries: { raw: "e1", out: "e2" },
  ...{ wiring: "w1", code: "c1", program: "p1" },
};

test.each<[Partial<NodeIdentity>, string]>([
  [{ entries: { raw: "e1", out: "e3" } }, 'catalog entry of "out" changed'],
  [{ entries: { raw: "e9" } }, 'catalog entries of "raw", "out" changed'],
  [{ inputs: { raw: "r2", "params:k": "k1" } }, 'dataset "raw" changed'],
  [{ inputs: { raw: "r2", "params:k": "k2" } }, 'params:k, dataset "raw" changed'],
  [{ wiring: "w2" }, "its inputs or outputs changed"],
  [{ code: "c2", program: "p2" }, "its code changed"],
  [{ program: "p2" }, "the program or a file in src changed"],
])("changeBetween() of a node whose %j differs is %j", (change, said) => {
  expect(changeBetween(keyOf(IDENTITY), keyOf({ ...IDENTITY, ...change }))).toBe(said);
});

test("changeBetween() is null without a change, and for a key of an older release", () => {
  expect(
    changeBetween(keyOf(IDENTITY), keyOf({ ...IDENTITY, entries: { out: "e2", raw: "e1" } })),
  ).toBeNull();
  expect(changeBetween("0f".repeat(32), keyOf(IDENTITY))).toBeNull();
});
