import { expect, test } from "bun:test";
import type { PairedEvidence } from "../../src/domain/gate.ts";
import type { EvaluatedVersion } from "../../src/domain/learning/learning-store.ts";
import { heldOutPoints } from "../../src/learning/held-out-points.ts";

const evidence = (change: Partial<PairedEvidence>): PairedEvidence => ({
  ...{ set: "app_holdout", against: "base", n: 200, candidate: 0.99, other: 0.97, fixed: 5, broken: 1 },
  ...{ p: 0.2, bound: 0, low: 0.005, high: 0.04, classes: [] },
  ...change,
});

function version(
  number: number,
  found: PairedEvidence[],
  data: EvaluatedVersion["data"] = null,
): EvaluatedVersion {
  return {
    ...{ version: number, runId: `run-${number}`, createdAt: "2026-01-02T03:04:05.000Z", state: "ready" },
    data,
    gate: { passed: true, checks: [], evidence: found },
  };
}

test("heldOutPoints() has the three models on the same drawings, as mistakes, oldest first", () => {
  const points = heldOutPoints([
    version(3, [evidence({ against: "champion", other: 0.98, n: 200 }), evidence({})], {
      ...{ train: 700, valid: 50, holdout: 200, left_out: 30 },
    }),
    version(2, [evidence({ candidate: 0.9, other: 0.9, n: 10, fixed: 0, broken: 0 })]),
  ]);
  expect(points.map(({ version: v, given, n }) => [v, given, n])).toEqual([
    [2, null, 10],
    [3, 980, 200],
  ]);
  expect(points[1]).toMatchObject({
    candidate: { n: 200, share: 0.01 },
    champion: { share: 0.02 },
    base: { share: 0.03 },
    change: { against: "base", fixed: 5, broken: 1, low: -0.04, high: -0.005 },
  });
});

test("heldOutPoints() compares with the champion where there is no base model", () => {
  const [point] = heldOutPoints([version(2, [evidence({ against: "champion" })])]);
  expect(point).toMatchObject({ base: null, champion: { share: 0.03 }, change: { against: "champion" } });
});

test("heldOutPoints() leaves out versions without held-out drawings, and records of earlier releases", () => {
  const old = version(4, []);
  expect(
    heldOutPoints([
      version(2, [evidence({ set: "mnist_test" })]),
      version(3, [evidence({ n: 0 })]),
      { ...old, gate: { passed: true, checks: [] } },
    ]),
  ).toEqual([]);
});
