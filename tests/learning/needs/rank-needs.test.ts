import { expect, test } from "bun:test";
import { rankNeeds } from "../../../src/learning/needs/rank-needs.ts";
import { createRandom } from "../../../src/lib/random.ts";

test("rankNeeds() puts what is shown first, then orders by mistakes beyond those of the others", () => {
  const { rows, leftOut } = rankNeeds([
    { key: "a", n: 1_000, wrong: 60 },
    { key: "b", n: 1_000, wrong: 10 },
    { key: "c", n: 10, wrong: 1 },
    { key: "d", n: 4, wrong: 4 },
  ]);
  expect(rows.map(({ key, isShown }) => [key, isShown])).toEqual([
    ["a", true],
    ["c", false],
    ["b", false],
  ]);
  expect(leftOut).toBe(1);
  // The others: 1,014 drawings with 15 mistakes.
  expect(rows[0]!.excess).toBeCloseTo(60 - (1_000 * 15) / 1_014, 9);
  expect(rows[0]!.errors).toMatchObject({ n: 1_000, share: 0.06 });
  expect(rows[0]!.p).toBeLessThan(0.001);
});

test("rankNeeds() counts drawings of no row among the others", () => {
  const alone = rankNeeds([{ key: "a", n: 100, wrong: 20 }]);
  expect(alone.rows[0]).toMatchObject({ excess: 0, isShown: false });
  const among = rankNeeds([{ key: "a", n: 100, wrong: 20 }], { n: 400, wrong: 8 });
  expect(among.rows[0]).toMatchObject({ excess: 18, isShown: true });
});

test("rankNeeds() names a writer among 30 equal ones in at most 5 % of 400 draws", () => {
  const random = createRandom(11);
  let named = 0;
  for (let draw = 0; draw < 400; draw++) {
    const counts = Array.from({ length: 30 }, (_, w) => {
      let wrong = 0;
      for (let i = 0; i < 40; i++) if (random.next() < 0.05) wrong += 1;
      return { key: String(w), n: 40, wrong };
    });
    if (rankNeeds(counts).rows.some(({ isShown }) => isShown)) named += 1;
  }
  expect(named / 400).toBeLessThanOrEqual(0.05);
});

test("rankNeeds() of nothing is empty", () => {
  expect(rankNeeds([])).toEqual({ rows: [], leftOut: 0 });
});
