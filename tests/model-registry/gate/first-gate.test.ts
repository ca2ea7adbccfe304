import { expect, test } from "bun:test";
import { decideGate } from "../../../src/model-registry/gate/decide-gate.ts";
import { chanceChecks, decideFirst, wilsonLow } from "../../../src/model-registry/gate/first-gate.ts";
import type { GateParams, Report } from "../../../src/model-registry/gate/gate-scores.ts";

const GATE: GateParams = {
  threshold: 0.98,
  min_absolute_change: 0,
  max_class_drop: 0.02,
  max_forgetting: 0.003,
  min_samples: 20,
  first_gain: 0.5,
};

/** Correct predictions of each class, of `each` images per class. */
function report(right: Record<string, number>, each: number): Report {
  const per_class = Object.entries(right).map(([label, n]) => ({
    label,
    n: each,
    recall: n / each,
    precision: null,
  }));
  const n = each * per_class.length;
  return { n, accuracy: Object.values(right).reduce((a, b) => a + b) / n, per_class };
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
  expect(passed({ n: 100, accuracy: 0.9, per_class })).toEqual([false, false]);
});

test("decideFirst() refuses when nothing is held out, and requires MNIST's threshold where a class is a digit", () => {
  const candidate = { known: ["a", "0"], test: null, holdout: null };
  expect(decideFirst(candidate, GATE)).toMatchObject({ passed: false });
  const holdout = report({ a: 10, "0": 10 }, 10);
  const decided = decideFirst({ ...candidate, holdout, test: report({ "0": 97, a: 97 }, 100) }, GATE);
  expect(decided.checks.map((check) => check.passed)).toEqual([false, true, true]);
});

test("decideGate() evaluates a model without digits against chance and on held-out drawings", () => {
  const scores = (right: number) => ({
    known: ["a", "b"],
    test: null,
    holdout: report({ a: right, b: right }, 20),
  });
  expect(decideGate({ champion: scores(18), candidate: scores(19), gate: GATE }).passed).toBe(true);
  expect(decideGate({ champion: scores(19), candidate: scores(18), gate: GATE }).passed).toBe(false);
});

test("decideGate() lets a model that learned a class lose one drawing of the old ones, and no more", () => {
  const champion = { known: ["a", "b"], test: null, holdout: report({ a: 20, b: 19, c: 0 }, 20) };
  const decide = (b: number) =>
    decideGate({
      champion,
      candidate: { known: ["a", "b", "c"], test: null, holdout: report({ a: 20, b, c: 18 }, 20) },
      gate: GATE,
    });
  expect(decide(18).passed).toBe(true);
  const refused = decide(17);
  expect(refused.passed).toBe(false);
  expect(refused.checks.at(-1)).toMatchObject({
    name: "Old classes not forgotten",
    passed: false,
    detail:
      "On 40 drawings of the 2 classes that the champion knows, the champion scores 97.50 % and the candidate 92.50 % (-5.00 points); a drop of at most 2.50 points is allowed",
  });
});
