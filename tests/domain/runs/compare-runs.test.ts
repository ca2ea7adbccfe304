import { expect, test } from "bun:test";
import { compareRuns, type RunToCompare } from "../../../src/domain/runs/compare-runs.ts";

function runOf(parameters: Record<string, unknown>, isPartial = false): RunToCompare {
  return { run: {} as RunToCompare["run"], parameters, isPartial, evaluations: {} };
}

test("compareRuns() does not call different what is not known of a run that never started", () => {
  const { parameters, isPartial } = compareRuns([
    runOf({ tuning_epochs: 2, seed: 7, gate: { margin: 0.1 } }),
    runOf({ tuning_epochs: 1000 }, true),
  ]);
  expect(isPartial).toEqual([false, true]);
  expect(parameters).toEqual([
    { name: "tuning_epochs", values: [2, 1000], isDifferent: true },
    { name: "gate.margin", values: [0.1, undefined], isDifferent: false },
    { name: "seed", values: [7, undefined], isDifferent: false },
  ]);
});

test("compareRuns() compares those that are known, whichever run comes first, and a parameter that one run lacks", () => {
  const { parameters } = compareRuns([
    runOf({ seed: 7 }, true),
    runOf({ tuning_epochs: 2, seed: 7 }),
    runOf({ tuning_epochs: 3, seed: 7, views: 1 }),
  ]);
  expect(parameters.map(({ name, isDifferent }) => [name, isDifferent])).toEqual([
    ["tuning_epochs", true],
    ["views", true],
    ["seed", false],
  ]);
});
