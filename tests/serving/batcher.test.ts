import { expect, test } from "bun:test";
import { BusyError, UnavailableError } from "../../src/lib/errors.ts";
import { createBatcher } from "../../src/serving/batcher.ts";

function doubler(maxBatch = 4, maxQueue = 10, nowMs = () => 0, turnMs = 0) {
  const batches: number[][] = [];
  const batcher = createBatcher<number, number>({
    ...{ maxBatch, maxQueue, maxWaitMs: 100, turnMs, monotonicMs: nowMs },
    compute: (batch) => {
      batches.push([...batch]);
      if (batch.includes(13)) throw new Error("13 cannot be doubled");
      return batch.map((value) => value * 2);
    },
  });
  return { batcher, batches };
}

test("createBatcher() computes what arrives in one turn as one batch when it fits", async () => {
  const { batcher, batches } = doubler();
  expect(await Promise.all([1, 2, 3].map(batcher.add))).toEqual([2, 4, 6]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test("createBatcher() splits into batches of maxBatch, in order of arrival, when more arrives", async () => {
  const { batcher, batches } = doubler();
  expect(await Promise.all([1, 2, 3, 4, 5, 6].map(batcher.add))).toEqual([2, 4, 6, 8, 10, 12]);
  expect(batches).toEqual([
    [1, 2, 3, 4],
    [5, 6],
  ]);
});

test("createBatcher() rejects what exceeds maxQueue and computes the rest", async () => {
  const { batcher } = doubler(4, 2);
  const outcomes = await Promise.allSettled([1, 2, 3].map(batcher.add));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(outcomes[2]).toMatchObject({ reason: expect.any(UnavailableError) });
  expect(await batcher.add(4)).toBe(8);
});

test("createBatcher() fails only the batch whose computation threw", async () => {
  const { batcher } = doubler(2);
  const outcomes = await Promise.allSettled([1, 13, 3].map(batcher.add));
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
});

test("createBatcher() rejects waiting and further inputs when it is closed", async () => {
  const { batcher, batches } = doubler();
  const waiting = batcher.add(1);
  batcher.close();
  await expect(waiting).rejects.toBeInstanceOf(UnavailableError);
  await expect(batcher.add(2)).rejects.toBeInstanceOf(UnavailableError);
  await new Promise((resolve) => setImmediate(resolve));
  expect(batches).toEqual([]);
});

test("createBatcher() computes batches one after the other for turnMs, and then lets other work run", async () => {
  let nowMs = 0;
  const { batcher, batches } = doubler(1, 10, () => nowMs++, 3);
  const all = Promise.all([1, 2, 3, 4].map(batcher.add));
  await new Promise((resolve) => setImmediate(resolve));
  expect(batches).toEqual([[1], [2], [3]]);
  expect(await all).toEqual([2, 4, 6, 8]);
});

test("createBatcher() rejects what has waited for longer than maxWaitMs, and computes the rest", async () => {
  let nowMs = 0;
  const { batcher, batches } = doubler(4, 10, () => nowMs);
  const early = batcher.add(1);
  nowMs = 90;
  const late = batcher.add(2);
  nowMs = 101;
  await expect(early).rejects.toBeInstanceOf(BusyError);
  expect(await late).toBe(4);
  expect(batches).toEqual([[2]]);
});
