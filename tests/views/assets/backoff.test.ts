import { expect, test } from "bun:test";
import { retryDelayMs } from "../../../views/assets/backoff.ts";

test("retryDelayMs() doubles from 1 s up to 30 s", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((attempt) => retryDelayMs(attempt, 0.5))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
});

test("retryDelayMs() spreads by a quarter either way", () => {
  expect([retryDelayMs(1, 0), retryDelayMs(1, 1)]).toEqual([750, 1250]);
});

test("retryDelayMs() is never less than the server asks for, and is spread beyond that", () => {
  expect([0, 0.5, 1].map((random) => retryDelayMs(1, random, 60_000))).toEqual([60_000, 67_500, 75_000]);
  expect(retryDelayMs(6, 0, 1_000)).toBe(22_500);
});
