import { expect, test } from "bun:test";
import type { EvaluatedVersion } from "../../src/domain/learning/learning-store.ts";
import { classCounts, rangeSince } from "../../src/learning/live-counts.ts";

const NOW = new Date("2026-03-20T12:30:00.000Z");

test("rangeSince() counts hours of the last seven days, days before that, and all time without a time", () => {
  expect(rangeSince(null, NOW)).toEqual({ span: "all", start: "" });
  expect(rangeSince("2026-03-20T11:59:00.000Z", NOW)).toEqual({ span: "hour", start: "2026-03-20T11" });
  expect(rangeSince("2026-03-13T00:10:00.000Z", NOW)).toEqual({ span: "hour", start: "2026-03-13T00" });
  expect(rangeSince("2026-03-12T23:59:00.000Z", NOW)).toEqual({ span: "day", start: "2026-03-12" });
});

const cell = (modelVersion: number, label: string, predicted: string, n: number) => ({
  ...{ modelVersion, label, predicted, n, confidenceSum: n },
});

test("classCounts() adds the held-out drawings of the version's own run to its labelled predictions", () => {
  const own: EvaluatedVersion = {
    ...{ version: 3, runId: "r", createdAt: "", state: "ready", data: null },
    gate: {
      passed: true,
      checks: [],
      evidence: [
        {
          ...{ set: "app_holdout", against: "base", n: 60, candidate: 0.95, other: 0.9, fixed: 3, broken: 0 },
          ...{ p: 1, bound: 0, low: 0, high: 0 },
          classes: [
            { label: "1", n: 40, candidate: 0.95, other: 0.9 },
            { label: "constructor", n: 20, candidate: 0.95, other: 0.9 },
          ],
        },
      ],
    },
  };
  const cells = [cell(3, "1", "1", 9), cell(3, "1", "7", 2), cell(2, "1", "7", 50), cell(3, "8", "8", 4)];
  expect(classCounts(3, cells, own)).toEqual([
    { key: "1", n: 51, wrong: 4 },
    { key: "8", n: 4, wrong: 0 },
    { key: "constructor", n: 20, wrong: 1 },
  ]);
  expect(classCounts(3, cells, undefined)).toHaveLength(2);
});
