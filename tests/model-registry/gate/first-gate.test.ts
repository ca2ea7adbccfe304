import { expect, test } from "bun:test";
import { chanceChecks, decideFirst, wilsonLow } from "../../../src/model-registry/gate/first-gate.ts";
import type { Report } from "../../../src/model-registry/gate/gate-scores.ts";
import { between, GATE, scored, scores } from "../../support/scored-sets.ts";

/** Correct predictions of each class, of `each` images per class. */
function report(right: Record<string, number>, each: number): Report {
  const per_class = Object.entries(right).map(([label, n]) => ({
    label,
    n: each,
    recall: n / each,
    precision: null,
  }));
  const n = each * per_class.length;
  const accuracy = Object.values(right).reduce((a, b) => a + b) / n;
  return { n, accuracy, per_class, calibration: { ece: 0 } };
}
const passed = (holdout: Report | null) => chanceChecks(holdout, 0.5).map((check) => check.passed);

test("wilsonLow() agrees with the textbook's interval within 0.001", () => {
  // 9 of 10: 0.596 to 0.982. 0 of 10: 0 to 0.278.
  expect(wilsonLow(0.9, 10)).toBeCloseTo(0.596, 3);
  expect(wilsonLow(0, 10)).toBeCloseTo(0, 3);
});

test("chanceChecks() requires half of the way from chance to 100 %, with the metrics in the sentence", () => {
  const checks = chanceChecks(report({ a: 9, b: 8, c: 9 }, 10), 0.5);
  expect(checks.map((check) => [check.name, check.passed])).toEqual([
    ["Better than chance", true],
    ["Not by luck", true],
  ]);
  expect(checks[0]!.detail).toBe(
    "The model classifies 86.67 % of 30 held-out drawings correctly; at least 66.67 % is required, where chance is 33.33 %",
  );
  expect(passed(report({ a: 6, b: 6, c: 7 }, 10))).toEqual([false, true]);
});

test("chanceChecks() excludes luck: four correct of six may be guessed, five hardly", () => {
  expect(passed(report({ a: 2, b: 1, c: 1 }, 2))).toEqual([true, false]);
  expect(passed(report({ a: 2, b: 2, c: 1 }, 2))).toEqual([true, true]);
});

test("chanceChecks() takes the most frequent class for chance where that is more", () => {
  const per_class = [
    { label: "a", n: 90, recall: 1, precision: null },
    { label: "b", n: 10, recall: 0, precision: null },
  ];
  expect(passed({ n: 100, accuracy: 0.9, per_class, calibration: { ece: 0 } })).toEqual([false, false]);
});

test("decideFirst() holds a model while nothing is held out, and requires MNIST's threshold where a class is a digit", () => {
  const candidate = scores({ known: ["a", "0"] });
  expect(decideFirst(candidate, GATE)).toMatchObject({ passed: false, verdict: "held" });
  const holdout = scored(20, () => false, { classes: ["a", "0"] });
  const test = scored(200, between(0, 6), { classes: ["a", "0"] });
  const decided = decideFirst({ ...candidate, holdout, test }, GATE);
  expect(decided.checks.map((check) => check.passed)).toEqual([false, true, true]);
  expect(decided.verdict).toBe("rejected");
  expect(decideFirst({ ...candidate, holdout }, GATE)).toMatchObject({ passed: true, verdict: "not_worse" });
});
