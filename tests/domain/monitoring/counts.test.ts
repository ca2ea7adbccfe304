import { expect, test } from "bun:test";
import {
  addCounts,
  countPrediction,
  decodeCounts,
  encodeCounts,
  noCounts,
} from "../../../src/domain/monitoring/counts.ts";
import { binOf, EDGES, MEASURES } from "../../../src/domain/monitoring/measures.ts";

test("binOf() puts a value at an edge into the bin above it, and values beyond the edges into the outer bins", () => {
  expect([-1, 0, 0.5, 1, 5].map((value) => binOf([0, 1], value))).toEqual([0, 1, 1, 2, 2]);
});

test("EDGES ascend", () => {
  for (const measure of MEASURES) expect(EDGES[measure]).toEqual(EDGES[measure].toSorted((a, b) => a - b));
});

test("decodeCounts() is the inverse of encodeCounts(), for any class name", () => {
  const counts = noCounts();
  for (const label of ["7", "__proto__", "7"])
    countPrediction(
      counts,
      { label, confidence: 0.9, isOutlier: label === "7" },
      { confidence: 0.9, slant: 12 },
    );
  counts.trials = 3;
  counts.disagreements = 1;
  expect(decodeCounts(encodeCounts(counts))).toEqual(counts);
});

test("decodeCounts() reads a histogram with other bins as empty, and what is not counts as none", () => {
  const stored = JSON.parse(encodeCounts(noCounts())) as { n: number; histograms: Record<string, number[]> };
  stored.n = 2;
  stored.histograms.ink = [1, 1];
  expect(decodeCounts(JSON.stringify(stored))).toEqual({ ...noCounts(), n: 2 });
  for (const text of ["", "null", "[]", '{"n":"1"}']) expect(decodeCounts(text)).toEqual(noCounts());
});

test("addCounts() of two halves equals counting the whole", () => {
  const whole = noCounts();
  const halves = [noCounts(), noCounts()];
  for (let i = 0; i < 20; i++) {
    const prediction = { label: String(i % 3), confidence: 0.5, isOutlier: i % 4 === 0 };
    for (const counts of [whole, halves[i % 2]!]) countPrediction(counts, prediction, { ink: i / 50 });
  }
  addCounts(halves[0]!, halves[1]!);
  expect(halves[0]).toEqual(whole);
});
