import { expect, test } from "bun:test";
import { type Counts, countPrediction, noCounts } from "../../../src/domain/monitoring/counts.ts";
import type { DriftCheck, DriftMeasure } from "../../../src/domain/monitoring/drift.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { compare, stateAfter } from "../../../src/monitoring/drift/check.ts";

const THRESHOLDS = { psi: 0.25, js: 0.04 };
const random = createRandom(3);

/** Predictions of ten classes whose strokes have a mean width, with a slant that varies. */
function predictions(n: number, strokeWidth = 2.5): Counts {
  const counts = noCounts();
  for (let i = 0; i < n; i++) {
    const confidence = Math.min(1, 0.97 + 0.02 * random.normal());
    countPrediction(
      counts,
      { label: String(random.int(10)), confidence, isOutlier: false },
      {
        confidence,
        ink: 0.12 + 0.03 * random.normal(),
        stroke_width: strokeWidth + 0.4 * random.normal(),
        aspect: -0.5 + 0.5 * random.normal(),
        slant: 10 * random.normal(),
      },
    );
  }
  return counts;
}

const breaches = (reference: Counts, live: Counts) =>
  compare(reference, live, THRESHOLDS).flatMap(({ measure, isBreach }) => (isBreach ? [measure] : []));

test("compare() finds no breach in 300 checks of 500 predictions that are like a reference of 1,000", () => {
  const reference = predictions(1_000);
  let found = 0;
  for (let i = 0; i < 300; i++) found += breaches(reference, predictions(500)).length;
  expect(found).toBe(0);
});

test("compare() finds strokes one standard deviation wider in each of 50 checks, and no other measure", () => {
  const reference = predictions(1_000);
  for (let i = 0; i < 50; i++) expect(breaches(reference, predictions(500, 2.9))).toEqual(["stroke_width"]);
});

test("compare() finds a missing class mix", () => {
  const live = noCounts();
  for (let i = 0; i < 500; i++) countPrediction(live, { label: "7", confidence: 0.9, isOutlier: false }, {});
  expect(breaches(predictions(1_000), live)).toContain("classes");
});

const check = (id: number, ...measures: DriftMeasure[]): DriftCheck => ({
  id,
  modelVersion: 2,
  from: "2026-01-02T00:00:00.000Z",
  to: `2026-01-02T0${id}:00:00.000Z`,
  n: 500,
  divergences: (["ink", "slant"] as const).map((measure) => ({
    measure,
    psi: 1,
    js: 1,
    isBreach: measures.includes(measure),
  })),
});

test("stateAfter() is an alarm after two breaches of one measure in a row, since the second", () => {
  expect(stateAfter([])).toBeNull();
  expect(stateAfter([check(1, "ink")])).toMatchObject({ isDetected: false, alarmId: null });
  expect(stateAfter([check(2, "slant"), check(1, "ink")])?.isDetected).toBe(false);
  const second = stateAfter([check(2, "ink"), check(1, "ink", "slant")]);
  expect(second).toMatchObject({
    isDetected: true,
    measures: ["ink"],
    alarmId: 2,
    since: "2026-01-02T02:00:00.000Z",
  });
});

test("stateAfter() keeps the alarm's id while it lasts, and ends it with a check without the breach", () => {
  const checks = [check(4, "ink"), check(3, "ink"), check(2, "ink"), check(1)];
  expect(stateAfter(checks)).toMatchObject({ isDetected: true, alarmId: 3 });
  expect(stateAfter([check(5), ...checks])).toMatchObject({ isDetected: false, measures: [], alarmId: null });
});
