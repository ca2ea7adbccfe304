import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LANGUAGES } from "../../../../src/lib/languages.ts";
import type { Axis, AxisOf, Extent } from "../../../../views/charts/axes/axis.ts";
import { countLogAxis, powerAxis } from "../../../../views/charts/axes/log-axis.ts";
import { countAxis, numberAxis } from "../../../../views/charts/axes/number-axis.ts";
import { shareAxis } from "../../../../views/charts/axes/share-axis.ts";
import { timeAxis } from "../../../../views/charts/axes/time-axis.ts";
import { wholeAxis } from "../../../../views/charts/axes/whole-axis.ts";
import { widthOf } from "../../../../views/charts/labels.ts";
import { textIn } from "../../../../views/i18n/text.ts";

const RUNS = { seed: 12, numRuns: 2_000 };
const texts = LANGUAGES.map((language) => textIn(language));

/** Values of any size, spans of any size around them, all equal, or a single one. */
const around = (center: fc.Arbitrary<number>) =>
  fc
    .tuple(
      center,
      fc.integer({ min: -18, max: 1 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), SIZE),
    )
    .map(([middle, power, parts]) =>
      parts.map((part) => middle + part * Math.abs(middle || 1) * 10 ** power),
    );
const SIZE = { minLength: 1, maxLength: 6 };
const magnitudes = fc
  .tuple(fc.integer({ min: -30, max: 30 }), fc.double({ min: -9.99, max: 9.99, noNaN: true }))
  .map(([power, digits]) => digits * 10 ** power);
const anyNumbers: fc.Arbitrary<readonly number[]> = fc.oneof(
  around(magnitudes),
  fc.array(fc.double(), SIZE),
  fc.constantFrom([0], [0, 0], [5e-324], [-0], [1e308, -1e308], [Number.MAX_VALUE], [NaN], [Infinity, 1], []),
);
const shares = fc
  .tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: -17, max: 0 }),
    fc.array(fc.nat(100), SIZE),
  )
  .map(([from, power, parts]) => parts.map((part) => Math.min(1, from + (part / 100) * 10 ** power)));
const counts = fc.oneof(
  fc.array(fc.nat(), SIZE),
  fc.array(fc.maxSafeNat(), SIZE),
  around(fc.maxSafeNat().map(Math.floor)).map((values) => values.map(Math.floor)),
);

const valuesOf = (values: readonly number[]): Extent[] => values.map((value) => ({ value }));

/** What holds for any axis: labels differ, are in order within the picture, and there is at least one. */
function expectHonest(axis: Axis, values: readonly number[]) {
  const labels = axis.ticks.map(({ label }) => label);
  expect([values, labels.length - new Set(labels).size, labels]).toEqual([values, 0, labels]);
  expect([values, labels.length >= 1]).toEqual([values, true]);
  const places = axis.ticks.map(({ at }) => at);
  expect([values, places.every((at) => at >= -1e-9 && at <= 1 + 1e-9)]).toEqual([values, true]);
  expect([values, places.every((at, i) => i === 0 || at > places[i - 1]!)]).toEqual([values, true]);
  for (const value of values) {
    if (Number.isFinite(value)) expect([value, Number.isFinite(axis.place(value))]).toEqual([value, true]);
  }
}

function always(values: fc.Arbitrary<readonly number[]>, axisOf: (text: (typeof texts)[number]) => AxisOf) {
  fc.assert(
    fc.property(values, (some) => {
      for (const text of texts) expectHonest(axisOf(text)(valuesOf(some)), some);
    }),
    RUNS,
  );
}

describe("no two ticks of an axis have the same label, for any data:", () => {
  test("shares", () => always(shares, (text) => shareAxis(text)));
  test("shares from 0", () => always(shares, (text) => shareAxis(text, { isFromZero: true })));
  test("losses and other numbers", () => always(anyNumbers, (text) => numberAxis(text)));
  test("counts", () => always(counts, (text) => countAxis(text)));
  test("counts on a logarithmic axis", () => always(counts, (text) => countLogAxis(text)));
  test("powers of ten", () =>
    always(fc.array(fc.double({ min: -300, max: 300, noNaN: true }), SIZE), (text) =>
      powerAxis(text, [-1, 2]),
    ));
  test("whole numbers below the picture", () => always(counts, (text) => wholeAxis(text)));

  test("times, also where a clock shows the same hour twice", () => {
    const text = textIn("en", "Europe/Berlin");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 8_760 }), (n, from) => {
        const labels = Array.from({ length: n }, (_, i) =>
          text.time(new Date(Date.UTC(2026, 0, 1, from + i)).toISOString()).slice(0, 5),
        );
        const axis = timeAxis(labels)([]);
        expectHonest(axis, [...labels.keys()]);
        for (const { at, label } of axis.ticks) expect(labels[Math.round(at * (n - 1)) || 0]).toBe(label);
      }),
      RUNS,
    );
  });
});

test("each label of an axis of shares, numbers or counts says the value at its place", () => {
  const text = textIn("en");
  const read = (label: string) => {
    const plain = Number(label.replaceAll(",", "").replace(/\s?%|[KMBT]$/g, ""));
    const unit = { K: 1e3, M: 1e6, B: 1e9, T: 1e12, "%": 0.01 }[label.at(-1)!] ?? 1;
    return plain * unit;
  };
  const check = (axis: Axis) => {
    const [first, last] = [axis.ticks[0]!, axis.ticks.at(-1)!];
    const step = (read(last.label) - read(first.label)) / Math.max(1, axis.ticks.length - 1);
    for (const { at, label } of axis.ticks) {
      expect([label, Math.abs(axis.place(read(label)) - at) < 0.01]).toEqual([label, true]);
    }
    expect(axis.ticks.length === 1 || step > 0).toBe(true);
  };
  fc.assert(
    fc.property(shares, (some) => check(shareAxis(text)(valuesOf(some)))),
    RUNS,
  );
  fc.assert(
    fc.property(counts, (some) => check(countAxis(text)(valuesOf(some)))),
    RUNS,
  );
  fc.assert(
    fc.property(around(magnitudes), (some) => check(numberAxis(text)(valuesOf(some)))),
    RUNS,
  );
});

test("the labels below a picture do not touch each other on a phone", () => {
  fc.assert(
    fc.property(counts, (some) => {
      for (const text of texts) {
        const { ticks } = wholeAxis(text)(valuesOf(some));
        ticks.slice(1).forEach(({ at, label }, i) => {
          const before = ticks[i]!;
          expect((at - before.at) * 20).toBeGreaterThan((widthOf(label) + widthOf(before.label)) / 2);
        });
      }
    }),
    RUNS,
  );
});
