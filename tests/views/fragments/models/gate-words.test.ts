import { expect, test } from "bun:test";
import type { GateSentence, PairedEvidence } from "../../../../src/domain/gate.ts";
import { chanceChecks, decideFirst } from "../../../../src/model-registry/gate/first-gate.ts";
import * as checks from "../../../../src/model-registry/gate/gate-checks.ts";
import type { GateParams, Report, Scored } from "../../../../src/model-registry/gate/gate-scores.ts";
import { verdictFrom } from "../../../../src/model-registry/gate/verdict.ts";
import { batchReason } from "../../../../src/model-registry/screening/batch-tests.ts";
import { checkWords } from "../../../../views/fragments/models/gate-words.ts";
import { en } from "../../../../views/i18n/en.ts";
import { sayingWords } from "../../../../views/i18n/saying-words.ts";
import { textIn } from "../../../../views/i18n/text.ts";

const GATE: GateParams = {
  ...{ threshold: 0.98, margin: 0.002, min_evidence: 10_000, pinned_digits: 5_000, min_absolute_change: 0 },
  ...{ max_class_drop: 0.02, max_forgetting: 0.003, min_samples: 20, first_gain: 0.5 },
  ...{ max_calibration_error: 0.02, max_latency_ms: 20, max_model_mb: 50 },
};

function evidence(change: Partial<PairedEvidence> = {}): PairedEvidence {
  return {
    ...{ set: "reference", against: "champion", n: 15_000, candidate: 0.9912, other: 0.9901 },
    ...{ fixed: 41, broken: 6, p: 3.2e-7, bound: 0.00061, low: 0.0007, high: 0.0031 },
    classes: [{ label: "7", n: 1_512, candidate: 0.961, other: 0.9651 }],
    ...change,
  };
}

const report = (accuracy: number, n: number): Report => ({
  ...{ n, accuracy, calibration: { ece: 0.0123 } },
  per_class: [
    { label: "7", n: n / 2, recall: accuracy, precision: 0.9 },
    { label: "8", n: n / 2, recall: accuracy, precision: 0.9 },
  ],
});
const scored = (accuracy: number, n: number): Scored => ({
  report: report(accuracy, n),
  ...{ labels: new Uint8Array(), predicted: new Uint8Array(), groups: null },
});

/** 40 labels, `wrong` of which the model is confident are another class: all the same, or all over. */
const answers = (wrong: number, isOneCell: boolean) =>
  Array.from({ length: 1_040 }, (_, i) => {
    const label = i % 10;
    if (i >= wrong) return { label, predicted: label, p: 0.99 };
    return isOneCell
      ? { label: 1, predicted: 7, p: 0.001 }
      : { label, predicted: (label + (i % 9) + 1) % 10, p: 0.001 };
  });
const SCREENING = {
  ...{
    suspect_below: 0.01,
    min_suspects: 12,
    writer_share: 0.1,
    writer_cap: 1,
    cap_from_writers: 5,
    near_duplicate: 0,
  },
};
const reasons = (["train", "holdout"] as const).flatMap((side) =>
  [
    batchReason(
      { answers: answers(300, true), groups: new Uint32Array(1_040) },
      { ...SCREENING, cell_share: 0.12, batch_share: 1 },
      ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
      side,
    ),
    batchReason(
      { answers: answers(300, false), groups: new Uint32Array(1_040) },
      { ...SCREENING, cell_share: 1, batch_share: 0.1 },
      ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
      side,
    ),
  ].map((reason) => reason!),
);

const passed = { name: "a", passed: true, detail: "b" };
const summaryOf = (all: PairedEvidence[], margin: number | null) =>
  verdictFrom([passed], all, margin).summary!;
const unmeasured = { ...report(0.9, 0), n: 0 };

const SENTENCES: readonly GateSentence[] = [
  checks.thresholdCheck(report(0.9912, 10_000), 0.98),
  checks.thresholdCheck(report(0.99996, 10_000), 0.98),
  checks.thresholdCheck(unmeasured, 0.98),
  checks.notInferiorCheck(evidence(), 0.002, 10_000),
  checks.notInferiorCheck(evidence({ bound: -0.0021 }), 0.002, 10_000),
  checks.notInferiorCheck(evidence({ n: 9_000 }), 0.002, 10_000),
  checks.notForgottenCheck(evidence({ against: "base" }), 0.003),
  checks.floorCheck([evidence()], 0.02),
  checks.floorCheck([evidence({ against: "base" })], 0.02),
  checks.drawingsCheck(null, GATE),
  ...(["app_holdout", "pinned"] as const).flatMap((set) => [
    checks.drawingsCheck(evidence({ set, n: 1_087, p: 0.4242 }), GATE),
    checks.drawingsCheck(evidence({ set, n: 5, p: 0.0625 }), GATE),
    checks.drawingsCheck(evidence({ set, n: 1_087 }), { ...GATE, min_absolute_change: 0.05 }),
  ]),
  ...checks.gainUnjudged(evidence({ n: 12 }), { ...GATE, min_absolute_change: 0.05 }),
  checks.enoughDrawingsCheck(12, 20),
  checks.classDrawingsCheck([], 20, 0.02),
  checks.classDrawingsCheck([{ label: "ア", n: 1_200, drop: 0.031, p: 0.00012 }], 20, 0.02),
  checks.oldClassesCheck(null, ["7"], 0.003),
  checks.oldClassesCheck(evidence(), ["7"], 0.003),
  checks.calibrationCheck(scored(0.99, 10_000), 0.02),
  checks.costCheck({ bytes: 4_812_000, latencyMs: 2.31 }, GATE),
  checks.batchCheck({ isHeld: false, n: 1_000, suspects: 12, reason: null }),
  checks.batchCheck({ isHeld: false, n: 0, suspects: 0, reason: null }),
  checks.evidenceCheck(null),
  checks.evidenceCheck(evidence({ set: "app_holdout", n: 1_087, fixed: 2, broken: 2 })),
  checks.evidenceCheck(evidence({ set: "app_holdout", n: 1_087, fixed: 12, broken: 3 })),
  ...reasons,
  ...chanceChecks(report(0.9, 100), 0.5),
  ...chanceChecks(null, 0.5),
  decideFirst({ known: [], test: null, pinned: null, holdout: scored(0.95, 1_000), cost: null }, GATE)
    .summary!,
  summaryOf([evidence()], 0.002),
  summaryOf([evidence({ classes: [] })], 0.002),
  summaryOf([evidence({ p: 0.08 })], 0.002),
  summaryOf([evidence({ p: 0.08 }), evidence({ set: "app_holdout", n: 87, p: 0.4 })], 0.002),
  summaryOf([evidence({ set: "app_holdout", n: 87 })], 0.002),
  summaryOf([evidence({ set: "app_holdout", p: 0.08 })], null),
];

/** Sentences within another. */
const PARTS = [
  ...["gate.verdict.lostNothing", "gate.verdict.lostAtMost"],
  ...["gate.verdict.noHoldout", "gate.verdict.holdout"],
];

test("checkWords() in English is the gate's own sentence, word for word, for each of its sentences", () => {
  const keys = Object.keys(en).filter((key) => key.startsWith("gate.") && key !== "gate.points");
  const said = SENTENCES.map(({ says }) => `gate.${says?.key}`);
  expect(new Set([...said, ...PARTS])).toEqual(new Set(keys));
  for (const sentence of SENTENCES) expect(checkWords(textIn("en"), sentence)).toBe(sentence.detail);
});

test("the sentences within another are among those of the verdict", () => {
  const inner = SENTENCES.flatMap(({ says }) => Object.values(says?.figures ?? {})).flatMap((figure) =>
    typeof figure === "object" ? [`gate.${figure.key}`] : [],
  );
  expect(new Set(inner)).toEqual(new Set(PARTS));
});

const figuresOf = (line: string) => [...line.matchAll(/\d[\d.,e-]*\d/g)].map(([figure]) => figure).sort();

test("checkWords() in Japanese has the figures of the gate's own sentence", () => {
  for (const sentence of SENTENCES) {
    const words = checkWords(textIn("ja"), sentence);
    expect(words).not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
    expect(figuresOf(words)).toEqual(figuresOf(sentence.detail));
  }
});

test("checkWords() in Japanese is one or more whole sentences", () => {
  for (const sentence of SENTENCES)
    expect(checkWords(textIn("ja"), sentence)).toMatch(/(です|ます|ません|ました|でした|ください)。$/);
});

test("a log line of another kind words the gate's sentence within it", () => {
  const [reason] = reasons;
  const says = { key: "held", figures: { reason: reason!.says! } };
  expect(sayingWords(textIn("en"), "log", says)).toBe(reason!.detail);
  expect(sayingWords(textIn("ja"), "log", says)).toBe(checkWords(textIn("ja"), reason!));
});

test("checkWords() keeps the gate's own words for records without values, or of another version", () => {
  expect(checkWords(textIn("ja"), { detail: "as it was" })).toBe("as it was");
  expect(checkWords(textIn("ja"), { detail: "as it was", says: { key: "new", figures: {} } })).toBe(
    "as it was",
  );
});
