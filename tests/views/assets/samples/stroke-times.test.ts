import { expect, test } from "bun:test";
import { strokeTimes } from "../../../../views/assets/samples/stroke-times.ts";

const stroke = (length: number, from: number | null, to: number | null) => ({ length, from, to });

test("strokeTimes() keeps the recorded times, from the first point on", () => {
  expect(strokeTimes([stroke(10, 500, 900), stroke(10, 1_000, 1_200)])).toEqual([
    { fromMs: 0, toMs: 400 },
    { fromMs: 500, toMs: 700 },
  ]);
});

test("strokeTimes() draws at an even speed where times are missing, stand still or run backwards", () => {
  const even = [
    { fromMs: 0, toMs: 200 },
    { fromMs: 350, toMs: 450 },
  ];
  for (const [from, to] of [
    [null, null],
    [0, 0],
    [900, 100],
  ] as const) {
    const times = strokeTimes([stroke(70, from, to), stroke(35, from, to)]);
    expect(times.map(({ fromMs, toMs }) => ({ fromMs: Math.round(fromMs), toMs: Math.round(toMs) }))).toEqual(
      even,
    );
  }
});

test("strokeTimes() speeds up what would take longer than six seconds", () => {
  const [first, second] = strokeTimes([stroke(10, 0, 6_000), stroke(10, 9_000, 12_000)]);
  expect(first).toEqual({ fromMs: 0, toMs: 3_000 });
  expect(second).toEqual({ fromMs: 4_500, toMs: 6_000 });
  expect(strokeTimes([])).toEqual([]);
});
