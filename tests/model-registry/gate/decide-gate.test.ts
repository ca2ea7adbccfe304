import { expect, test } from "bun:test";
import fc from "fast-check";
import type { EvaluationReport } from "../../../src/domain/metrics.ts";
import { decideGate } from "../../../src/model-registry/gate/decide-gate.ts";
import type { GateParams, Report } from "../../../src/model-registry/gate/gate-scores.ts";

const GATE: GateParams = {
  threshold: 0.98,
  min_absolute_change: 0,
  max_class_drop: 0.02,
  max_forgetting: 0.003,
  min_samples: 20,
  first_gain: 0.5,
};
const [MNIST, FORGOTTEN, CLASSES, HOLDOUT] = [0, 1, 2, 3];

function report(
  accuracy: number,
  n = 10_000,
  recalls: Record<string, number | null> = { "0": 0.99, "1": 0.99 },
): EvaluationReport {
  const per_class = Object.entries(recalls).map(([label, recall]) => ({
    label,
    n: n / 2,
    recall,
    precision: 0.9,
  }));
  return { n, accuracy, loss: 0.05, per_class, confusion: [], calibration: { ece: 0, bins: [] } };
}

/** A champion at 0.988 on MNIST and 0.90 on 100 drawings, against a candidate that is a little better on both. */
function decide(
  change: {
    championTest?: Report;
    test?: Report;
    championHoldout?: Report | null;
    holdout?: Report | null;
    gate?: Partial<GateParams>;
  } = {},
) {
  return decideGate({
    champion: {
      known: ["0", "1"],
      test: change.championTest ?? report(0.988),
      holdout: change.championHoldout === undefined ? report(0.9, 100) : change.championHoldout,
    },
    candidate: {
      known: ["0", "1"],
      test: change.test ?? report(0.989),
      holdout: change.holdout === undefined ? report(0.94, 100) : change.holdout,
    },
    gate: { ...GATE, ...change.gate },
  });
}

const failedChecks = (decision: ReturnType<typeof decide>) =>
  decision.checks.flatMap(({ passed }, index) => (passed ? [] : [index]));

test("decideGate() passes a candidate that is better on both sets, with its metrics in the sentences", () => {
  const decision = decide();
  expect(decision.passed).toBe(true);
  expect(decision.checks.map(({ detail }) => detail)).toEqual([
    "The candidate classifies 98.90 % of 10,000 MNIST test images correctly; at least 98.00 % is required",
    "MNIST accuracy changes from 98.80 % to 98.90 % (+0.10 points); a drop of at most 0.30 points is allowed",
    'Worst change in recall: class "0", from 99.00 % to 99.00 % (0.00 points); a drop of at most 2.00 points is allowed',
    "On 100 held-out drawings, the champion scores 90.00 % and the candidate 94.00 % (+4.00 points); the candidate must not score lower",
  ]);
});

test("decideGate() refuses a candidate below the MNIST threshold, and accepts one exactly at it", () => {
  expect(failedChecks(decide({ test: report(0.9799), gate: { max_forgetting: 1 } }))).toEqual([MNIST]);
  expect(decide({ test: report(0.98), gate: { max_forgetting: 1 } }).passed).toBe(true);
});

test("decideGate() refuses when MNIST accuracy falls by more than max_forgetting, and accepts exactly that much", () => {
  expect(failedChecks(decide({ test: report(0.9849) }))).toEqual([FORGOTTEN]);
  expect(decide({ test: report(0.985) }).passed).toBe(true);
});

test("decideGate() refuses when the recall of one class falls by more than max_class_drop, and names it", () => {
  const decision = decide({ test: report(0.989, 10_000, { "0": 0.999, "1": 0.969 }) });
  expect(failedChecks(decision)).toEqual([CLASSES]);
  expect(decision.checks[CLASSES!]!.detail).toContain('class "1", from 99.00 % to 96.90 % (-2.10 points)');
  expect(decide({ test: report(0.989, 10_000, { "0": 0.999, "1": 0.97 }) }).passed).toBe(true);
});

test("decideGate() refuses a candidate that is worse on held-out drawings, and accepts an equal one", () => {
  expect(failedChecks(decide({ holdout: report(0.89, 100) }))).toEqual([HOLDOUT]);
  expect(decide({ holdout: report(0.9, 100) }).passed).toBe(true);
});

test("decideGate() requires min_absolute_change on held-out drawings, and never allows a loss", () => {
  expect(failedChecks(decide({ holdout: report(0.94, 100), gate: { min_absolute_change: 0.05 } }))).toEqual([
    HOLDOUT,
  ]);
  expect(decide({ holdout: report(0.95, 100), gate: { min_absolute_change: 0.05 } }).passed).toBe(true);
  expect(failedChecks(decide({ holdout: report(0.89, 100), gate: { min_absolute_change: -0.5 } }))).toEqual([
    HOLDOUT,
  ]);
});

test("decideGate() only reports a holdout smaller than min_samples", () => {
  const small = decide({ championHoldout: report(0.9, 19), holdout: report(0.1, 19) });
  expect(small.passed).toBe(true);
  expect(small.checks[HOLDOUT!]!.detail).toBe(
    "Reported only: 19 drawings are held out, and 20 are required for a decision. The champion scores 90.00 % and the candidate 10.00 %.",
  );
  const none = decide({ championHoldout: null, holdout: null });
  expect(none.passed).toBe(true);
  expect(none.checks[HOLDOUT!]!.detail).toContain("0 drawings are held out");
});

test("decideGate() refuses when only one model was measured on a holdout that is large enough, or on another set", () => {
  expect(failedChecks(decide({ championHoldout: null }))).toEqual([HOLDOUT]);
  expect(failedChecks(decide({ holdout: null }))).toEqual([HOLDOUT]);
  expect(failedChecks(decide({ holdout: report(0.99, 99) }))).toEqual([HOLDOUT]);
  expect(failedChecks(decide({ test: report(0.989, 9_000) }))).toEqual([FORGOTTEN]);
});

test("decideGate() refuses when a digit was not measured in the candidate", () => {
  expect(failedChecks(decide({ test: report(0.989, 10_000, { "0": 0.99 }) }))).toEqual([CLASSES]);
  expect(failedChecks(decide({ test: report(0.989, 10_000, { "0": 0.99, "1": null }) }))).toEqual([CLASSES]);
  expect(failedChecks(decide({ championTest: report(0.988, 10_000, {}) }))).toEqual([CLASSES]);
});

test("decideGate() ignores a digit of which the test set has no image", () => {
  const recalls = { "0": 0.99, "1": null };
  expect(
    decide({ championTest: report(0.988, 10_000, recalls), test: report(0.989, 10_000, recalls) }).passed,
  ).toBe(true);
});

test("decideGate() never passes a metric that is not a share", () => {
  const bad = fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0.1,
    1.5,
    99,
    undefined as unknown as number,
  );
  fc.assert(
    fc.property(bad, fc.integer({ min: 0, max: 3 }), (value, which) => {
      const sets = [
        { test: report(value) },
        { championTest: report(value) },
        { holdout: report(value, 100) },
        { test: report(0.989, 10_000, { "0": value ?? Number.NaN, "1": 0.99 }) },
      ];
      expect(decide(sets[which]!).passed).toBe(false);
    }),
    { seed: 3 },
  );
});

test("decideGate() never passes with a limit that is not a number", () => {
  for (const key of ["threshold", "min_absolute_change", "max_class_drop", "max_forgetting"] as const) {
    expect(decide({ gate: { [key]: Number.NaN } }).passed).toBe(false);
  }
});
