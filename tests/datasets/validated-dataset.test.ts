import { expect, test } from "bun:test";
import * as v from "valibot";
import { validated } from "../../src/datasets/validated-dataset.ts";
import { VALIDATORS } from "../../src/datasets/validators.ts";
import { MemoryDataset } from "../../src/engine/catalog/memory-dataset.ts";

const people = v.array(
  v.object({ name: v.string(), age: v.pipe(v.number(), v.minValue(0, "must be at least 0")) }),
);

test("a validated dataset passes valid values on unchanged, including extra fields", async () => {
  const dataset = validated(new MemoryDataset(), "people", people);
  const value = [{ name: "ann", age: 3, note: "kept" }];
  await dataset.save(value);
  expect(await dataset.load()).toBe(value);
  expect(dataset.describe()).toEqual({ type: "memory", validator: "people" });
  expect(dataset.isEphemeral).toBe(true);
  dataset.release?.();
  expect(await dataset.exists()).toBe(false);
});

test.each<[unknown, string]>([
  [
    [
      { name: "ann", age: 1 },
      { name: "bob", age: -1 },
    ],
    'it is not a valid people: row 2, field "age": must be at least 0',
  ],
  [[{ name: "ann" }], 'it is not a valid people: row 1, field "age": is missing'],
  [
    [{ name: 7, age: "x" }],
    'it is not a valid people: row 1, field "name": expected string, found 7 (and 1 more)',
  ],
  [[3], "it is not a valid people: row 1: expected Object, found 3"],
  ["x", 'it is not a valid people: expected Array, found "x"'],
])("a validated dataset refuses %j, naming row and field, and keeps what it had", async (value, message) => {
  const inner = new MemoryDataset();
  const dataset = validated(inner, "people", people);
  await expect(dataset.save(value)).rejects.toThrow(message);
  expect(await inner.exists()).toBe(false);
  await inner.save(value);
  await expect(dataset.load()).rejects.toThrow(message);
});

const evaluation = {
  n: 2,
  accuracy: 0.5,
  loss: 0.7,
  per_class: [{ label: "0", n: 2, recall: 0.5, precision: null }],
  confusion: [
    [1, 1],
    [0, 0],
  ],
};
const history = [{ epoch: 1, loss: 0.1, val_loss: null, val_accuracy: null, samples_per_s: 1, seconds: 1 }];

test.each<[string, unknown]>([
  ["train_report", { history, best_epoch: 1, mnist_test: evaluation }],
  ["tune_report", { history, best_epoch: 1, drawings: 2, drawings_by_label: { "0": 2 } }],
  ["evaluations", { mnist_test: evaluation, app_holdout: evaluation }],
  ["gate_decision", { passed: true, checks: [{ name: "a", passed: true, detail: "b" }] }],
])(
  "the built-in check %s takes what the pipelines write, and not that without its first field",
  (name, value) => {
    expect(v.is(VALIDATORS[name]!, value)).toBe(true);
    const [[, first], ...rest] = Object.entries(value as object) as [
      [string, unknown],
      ...[string, unknown][],
    ];
    const isGroup = name === "evaluations";
    expect(
      v.is(
        VALIDATORS[name]!,
        isGroup ? { x: { ...(first as object), accuracy: 2 } } : Object.fromEntries(rest),
      ),
    ).toBe(false);
  },
);
