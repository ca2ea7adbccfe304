import { expect, test } from "bun:test";
import { Attempts } from "../../src/access/attempts.ts";
import { createRandom } from "../../src/lib/random.ts";

test("take() never counts more than the limit in any minute, and says exactly when the next one is possible", () => {
  for (const most of [1, 2, 7, 10, 100]) {
    const attempts = new Attempts(most);
    const random = createRandom(most);
    const counted: number[] = [];
    let nowMs = 0;
    for (let i = 0; i < 3_000; i++) {
      nowMs += Math.floor(random.next() ** 3 * 20_000);
      const waitMs = attempts.take("a", nowMs);
      if (waitMs === 0) counted.push(nowMs);
      else {
        expect(counted.filter((atMs) => nowMs - atMs < 60_000)).toHaveLength(most);
        expect(attempts.take("a", nowMs + waitMs - 1)).toBe(1);
      }
    }
    for (const atMs of counted) {
      const window = counted.filter((other) => other >= atMs && other < atMs + 60_000);
      expect(window.length).toBeLessThanOrEqual(most);
    }
    expect(counted.length).toBeGreaterThan(most);
  }
});

test("giveBack() undoes one, and keys do not share", () => {
  const attempts = new Attempts(1);
  expect([attempts.take("a", 0), attempts.take("b", 0), attempts.take("a", 0)]).toEqual([0, 0, 60_000]);
  attempts.giveBack("a");
  expect(attempts.size).toBe(1);
  expect(attempts.take("a", 0)).toBe(0);
  attempts.giveBack("unknown");
});

test("as many keys are remembered as may be, and the one that was seen longest ago is forgotten first", () => {
  const attempts = new Attempts(1, 3);
  for (const key of ["a", "b", "c", "d"]) attempts.take(key, 0);
  expect(attempts.size).toBe(3);
  expect([attempts.take("a", 0), attempts.take("d", 0)]).toEqual([0, 60_000]);
});
