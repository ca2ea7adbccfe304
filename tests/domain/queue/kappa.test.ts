import { expect, test } from "bun:test";
import fc from "fast-check";
import { type AnswerPairs, agreementOf, cohensKappa, LEAST_PAIRS } from "../../../src/domain/queue/kappa.ts";
import { createRandom } from "../../../src/lib/random.ts";

const Z = 1.959963984540054;

/** The pairs of a table of counts: rows are the answers of the first rater, columns those of the second. */
function pairsOf(table: readonly (readonly number[])[]): AnswerPairs[] {
  return table.flatMap((row, i) =>
    row.flatMap((n, j) => (n === 0 ? [] : [{ first: String(i), second: String(j), n }])),
  );
}

/** The plain reference: the formulas of the papers over the full table. */
function reference(table: readonly (readonly number[])[]): { value: number; error: number } {
  const K = table.length;
  const n = table.flat().reduce((sum, count) => sum + count, 0);
  const p = (i: number, j: number) => table[i]![j]! / n;
  const all = Array.from({ length: K }, (_, i) => i);
  const row = (i: number) => all.reduce((sum, j) => sum + p(i, j), 0);
  const column = (j: number) => all.reduce((sum, i) => sum + p(i, j), 0);
  const observed = all.reduce((sum, i) => sum + p(i, i), 0);
  const expected = all.reduce((sum, i) => sum + row(i) * column(i), 0);
  const value = (observed - expected) / (1 - expected);
  const a = all.reduce((sum, i) => sum + p(i, i) * (1 - (row(i) + column(i)) * (1 - value)) ** 2, 0);
  let b = 0;
  for (const i of all) for (const j of all) if (i !== j) b += p(i, j) * (column(i) + row(j)) ** 2;
  const c = (value - expected * (1 - value)) ** 2;
  const variance = (a + (1 - value) ** 2 * b - c) / (n * (1 - expected) ** 2);
  return { value, error: Math.sqrt(Math.max(0, variance)) };
}

const tables = fc
  .integer({ min: 2, max: 5 })
  .chain((k) =>
    fc.array(fc.array(fc.nat(30), { minLength: k, maxLength: k }), { minLength: k, maxLength: k }),
  )
  .filter((table) => table.flat().some((n) => n > 0));

test("cohensKappa() is .492 for the table of Cohen (1960), p. 45", () => {
  // Proportions .44 .07 .09 / .05 .20 .05 / .01 .03 .06 of 200: pₒ .70, pₑ .41.
  const kappa = cohensKappa(
    pairsOf([
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]),
  );
  expect(kappa!.value).toBeCloseTo(0.29 / 0.59, 12);
});

test("cohensKappa() has the interval of the SAS/STAT manual for two dermatologists: .3449 (.2030 to .4868)", () => {
  const kappa = cohensKappa(
    pairsOf([
      [10, 4, 1, 0],
      [5, 10, 12, 2],
      [2, 4, 12, 5],
      [0, 2, 6, 13],
    ]),
  )!;
  const rounded = [kappa.value, kappa.interval!.low, kappa.interval!.high].map((value) => value.toFixed(4));
  expect(rounded).toEqual(["0.3449", "0.2030", "0.4868"]);
});

test("cohensKappa() of 20, 5, 10, 15 is 0.4 with a standard error of √0.016128, by hand", () => {
  // pₒ 0.7, pₑ 0.5; A 0.10972, B 0.10188, C 0.01; 0.2016 / (50 · 0.25) = 0.016128.
  const kappa = cohensKappa(
    pairsOf([
      [20, 5],
      [10, 15],
    ]),
  )!;
  expect(kappa.value).toBeCloseTo(0.4, 12);
  expect(kappa.interval!.low).toBeCloseTo(0.4 - Z * Math.sqrt(0.016128), 12);
  expect(kappa.interval!.high).toBeCloseTo(0.4 + Z * Math.sqrt(0.016128), 12);
});

test("cohensKappa() agrees with the plain formula over the full table within 1e-9", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const kappa = cohensKappa(pairsOf(table));
      const { value, error } = reference(table);
      if (kappa === null) return expect(value).toBeNaN();
      expect(kappa.value).toBeCloseTo(value, 9);
      if (kappa.interval === null) return expect(error).toBeLessThan(1e-6);
      expect(kappa.interval.low).toBeCloseTo(Math.max(-1, value - Z * error), 6);
      expect(kappa.interval.high).toBeCloseTo(Math.min(1, value + Z * error), 6);
    }),
  );
});

test("cohensKappa() is the same for exchanged raters, renamed classes, and pairs in another order or in parts", () => {
  fc.assert(
    fc.property(tables, fc.nat(), (table, seed) => {
      const pairs = pairsOf(table);
      const names = createRandom(seed).shuffle(table.map((_, i) => `class ${i}`));
      const named = (answer: string) => names[Number(answer)]!;
      const same = [
        pairs.map(({ first, second, n }) => ({ first: second, second: first, n })),
        pairs.map(({ first, second, n }) => ({ first: named(first), second: named(second), n })),
        createRandom(seed).shuffle(pairs.flatMap(({ n, ...pair }) => Array(n).fill({ ...pair, n: 1 }))),
      ];
      const kappa = cohensKappa(pairs);
      for (const other of same) {
        const again = cohensKappa(other);
        if (kappa === null) expect(again).toBeNull();
        else expect(again!.value).toBeCloseTo(kappa.value, 9);
        if (kappa?.interval != null) expect(again!.interval!.low).toBeCloseTo(kappa.interval.low, 6);
      }
    }),
  );
});

test("cohensKappa() and its interval stay within −1 and 1, and the interval holds the value", () => {
  fc.assert(
    fc.property(tables, (table) => {
      const kappa = cohensKappa(pairsOf(table));
      if (kappa === null) return;
      const { low, high } = kappa.interval ?? { low: kappa.value, high: kappa.value };
      expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(high).toBeLessThanOrEqual(1 + 1e-12);
      expect(low).toBeLessThanOrEqual(kappa.value + 1e-12);
      expect(high).toBeGreaterThanOrEqual(kappa.value - 1e-12);
    }),
  );
});

test("cohensKappa() is −1 for two raters who always exchange two classes", () => {
  const kappa = cohensKappa([
    { first: "1", second: "7", n: 20 },
    { first: "7", second: "1", n: 20 },
  ]);
  expect(kappa!.value).toBeCloseTo(-1, 12);
});

test("cohensKappa() has no value without pairs and for one class only, and no interval where all agree", () => {
  expect(cohensKappa([])).toBeNull();
  expect(cohensKappa([{ first: "1", second: "1", n: 1 }])).toBeNull();
  expect(cohensKappa([{ first: "1", second: "1", n: 1_000 }])).toBeNull();
  // One answer that differs: chance is never right, and kappa is 0.
  expect(cohensKappa([{ first: "1", second: "7", n: 1 }])!.value).toBe(0);
  const perfect = cohensKappa([
    { first: "1", second: "1", n: 40 },
    { first: "7", second: "7", n: 3 },
  ]);
  expect(perfect!.value).toBeCloseTo(1, 12);
  expect(perfect!.interval).toBeNull();
});

test("cohensKappa()'s interval holds the true value in 92 to 98 % of 1,000 draws of 100 drawings", () => {
  const table = [
    [0.3, 0.04, 0.02],
    [0.05, 0.25, 0.04],
    [0.02, 0.03, 0.25],
  ];
  const truth = reference(table).value;
  const random = createRandom(11);
  let held = 0;
  for (let draw = 0; draw < 1_000; draw++) {
    const counts = table.map((row) => row.map(() => 0));
    for (let i = 0; i < 100; i++) {
      const drawn = random.next();
      const cells = table.flatMap((row, r) => row.map((p, c) => ({ r, c, p })));
      const upTo = (last: number) => cells.slice(0, last + 1).reduce((sum, { p }) => sum + p, 0);
      const { r: row, c: column } = cells.find((_, k) => drawn < upTo(k)) ?? cells.at(-1)!;
      counts[row]![column]! += 1;
    }
    const { low, high } = cohensKappa(pairsOf(counts))!.interval!;
    if (low <= truth && truth <= high) held += 1;
  }
  expect(held).toBeGreaterThanOrEqual(920);
  expect(held).toBeLessThanOrEqual(980);
});

test("agreementOf() has kappa from 30 drawings on, and says why it has none", () => {
  const of = (n: number) => [
    { first: "1", second: "1", n: n - 2 },
    { first: "7", second: "1", n: 2 },
  ];
  const few = agreementOf(of(LEAST_PAIRS - 1));
  expect(few).toMatchObject({ kappa: null, noKappa: "few", equal: { n: 29, share: 27 / 29 } });
  const enough = agreementOf(of(LEAST_PAIRS));
  expect(enough).toMatchObject({ noKappa: null, equal: { n: 30, share: 28 / 30 } });
  expect(enough.kappa).not.toBeNull();
  expect(agreementOf([{ first: "1", second: "1", n: 50 }])).toMatchObject({
    ...{ kappa: null, noKappa: "one_class" },
    equal: { n: 50, share: 1, high: 1 },
  });
  expect(agreementOf([])).toMatchObject({ noKappa: "few", equal: { n: 0, share: null } });
});
