import { expect, test } from "bun:test";
import { decideGate } from "../../../../src/model-registry/gate/decide-gate.ts";
import { chanceChecks } from "../../../../src/model-registry/gate/first-gate.ts";
import type { GateParams, Report, Scores } from "../../../../src/model-registry/gate/gate-scores.ts";
import { checkWords } from "../../../../views/fragments/models/gate-words.ts";
import { en } from "../../../../views/i18n/en.ts";
import { textIn } from "../../../../views/i18n/text.ts";

const GATE: GateParams = {
  threshold: 0.98,
  min_absolute_change: 0,
  max_class_drop: 0.02,
  max_forgetting: 0.003,
  min_samples: 20,
  first_gain: 0.5,
};
const report = (accuracy: number, n: number, recall = accuracy): Report => ({
  n,
  accuracy,
  per_class: [{ label: "7", n, recall, precision: 0.9 }],
});
const scores = (test: Report | null, holdout: Report | null, known = ["7"]): Scores => ({
  known,
  test,
  holdout,
});
const checksOf = (champion: Scores, candidate: Scores, gate: Partial<GateParams> = {}) =>
  decideGate({ champion, candidate, gate: { ...GATE, ...gate } }).checks;

const CHECKS = [
  ...checksOf(
    scores(report(0.988, 10_000), report(0.9, 100)),
    scores(report(0.9901, 10_000, 0.97), report(0.92, 100)),
  ),
  ...checksOf(
    scores(report(0.988, 10_000), report(0.9, 100)),
    scores(report(0.98, 9_000), report(0.9, 100)),
    {
      min_absolute_change: 0.01,
    },
  ),
  ...checksOf(
    scores(report(0.988, 10), report(0.9, 100)),
    scores(report(0.98, 10), report(0.9, 100), ["7", "8"]),
  ),
  ...checksOf(scores(report(0.988, 10), null), scores(report(0.98, 10), null, ["7", "8"])),
  ...checksOf(scores(report(0.988, 10), report(0.9, 19)), scores(report(Number.NaN, 10), report(0.92, 19))),
  ...chanceChecks(report(0.9, 100), 0.5),
  ...chanceChecks(null, 0.5),
];

test("checkWords() in English is the gate's own sentence, for each of its sentences", () => {
  const keys = Object.keys(en).filter((key) => key.startsWith("gate.") && key !== "gate.points");
  expect(new Set(CHECKS.map(({ says }) => `gate.${says?.key}`))).toEqual(new Set(keys));
  for (const check of CHECKS) {
    expect(checkWords(textIn("en"), check).replaceAll("\u00a0", " ")).toBe(check.detail);
  }
});

const figuresOf = (line: string) => [...line.matchAll(/\d[\d.,]*\d/g)].map(([figure]) => figure).sort();

test("checkWords() in Japanese has the figures of the gate's own sentence", () => {
  for (const check of CHECKS) {
    const words = checkWords(textIn("ja"), check);
    expect(words).not.toMatch(/\{\w+\}|undefined|NaN/);
    expect(figuresOf(words)).toEqual(figuresOf(check.detail));
  }
});

test("checkWords() in Japanese is one or more whole sentences", () => {
  for (const check of CHECKS)
    expect(checkWords(textIn("ja"), check)).toMatch(/(です|ます|ません|ください)。$/);
});

test("checkWords() keeps the gate's own words for records without values, or of another version", () => {
  expect(checkWords(textIn("ja"), { detail: "as it was" })).toBe("as it was");
  expect(checkWords(textIn("ja"), { detail: "as it was", says: { key: "new", figures: {} } })).toBe(
    "as it was",
  );
});
