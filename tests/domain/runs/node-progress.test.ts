import { expect, test } from "bun:test";
import { epochsDone, progressOf } from "../../../src/domain/runs/node-progress.ts";

test("progressOf() returns the share of all epochs of a training run, and its report", () => {
  const { share, note, training } = progressOf({ epoch: 2, epochs: 4, step: 5, steps: 10, loss: 0.5 });
  expect([share, note]).toEqual([0.375, "2/4"]);
  expect(training).toMatchObject({ epoch: 2, loss: 0.5, val_accuracy: null, best_epoch: null });
  expect(epochsDone(training!)).toBe(1.5);
});

test("progressOf() takes a share, or some of a total, and keeps both within 0 and 1", () => {
  expect(progressOf({ progress: 0.25 })).toEqual({ share: 0.25, note: "", training: null });
  expect(progressOf({ progress: 7 }).share).toBe(1);
  expect(progressOf({ done: 2, total: 3 })).toEqual({ share: 0.667, note: "2/3", training: null });
});

test("progressOf() gives no share for a report of the node's own, or one that is broken", () => {
  const none = { share: null, note: "", training: null };
  for (const data of [
    {},
    { rows: 7 },
    { done: 1, total: 0 },
    { progress: "half" },
    { epoch: "one", epochs: 2, step: 1, steps: 2 },
    { epoch: 1, epochs: 2, step: 1, steps: 0 },
    { epoch: 1, epochs: 0, step: 1, steps: 2 },
    { epoch: Number.NaN, epochs: 2, step: 1, steps: 2 },
  ]) {
    expect(progressOf(data)).toEqual(none);
  }
});
