import { expect, test } from "bun:test";
import type { Answer } from "../../../src/domain/examples.ts";
import type { ImageSet } from "../../../src/domain/image-set.ts";
import { pickExamples } from "../../../src/training/evaluate/examples.ts";

const classes = ["a", "b", "c"];

/** 1x2 images whose pixels are 10·index and 10·index + 1. */
function setOf(n: number): ImageSet {
  const images = Uint8Array.from({ length: 2 * n }, (_, i) => 10 * Math.floor(i / 2) + (i % 2));
  return { rows: 1, cols: 2, images, labels: new Uint8Array(n) };
}

function answers(...rows: [label: number, predicted: number, confidence: number][]): Answer[] {
  return rows.map(([label, predicted, confidence], index) => ({
    index,
    true: label,
    predicted,
    confidence,
    loss: 0,
  }));
}

test("pickExamples() puts the most confident mistakes first, then the least confident correct predictions", () => {
  const given = answers([0, 1, 0.6], [0, 0, 0.9], [1, 2, 0.99], [2, 2, 0.4]);
  const picked = pickExamples(given, setOf(4), classes);
  expect(picked.answers.map(({ index }) => index)).toEqual([2, 0, 3, 1]);
  expect(picked.answers[0]).toEqual({ index: 2, true: 1, predicted: 2, confidence: 0.99 });
  expect([...picked.images]).toEqual([20, 21, 0, 1, 30, 31, 10, 11]);
});

test("pickExamples() keeps the worst of all, and of every other cell up to its limit", () => {
  const given = answers(
    [0, 1, 0.9],
    [0, 1, 0.8],
    [0, 1, 0.7],
    [1, 0, 0.5],
    [1, 0, 0.4],
    [0, 0, 0.9],
    [0, 0, 0.8],
  );
  const picked = pickExamples(given, setOf(7), classes, { worst: 2, cell: 1, right: 1, all: 10 });
  expect(picked.answers.map(({ index }) => index)).toEqual([0, 1, 3, 6]);
});

test("pickExamples() never keeps more than its limit in total", () => {
  const given = answers(...Array.from({ length: 30 }, () => [0, 1, 0.5] as [number, number, number]));
  const picked = pickExamples(given, setOf(30), classes, { worst: 100, cell: 24, right: 12, all: 7 });
  expect(picked.answers).toHaveLength(7);
  expect(picked.images).toHaveLength(14);
});
