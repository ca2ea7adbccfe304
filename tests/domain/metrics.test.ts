import { expect, test } from "bun:test";
import fc from "fast-check";
import { championSet, decodeMetrics, encodeMetrics, setOfChampion } from "../../src/domain/metrics.ts";

const GATE = { passed: true, checks: [{ name: "threshold", passed: true, detail: "99 %" }] };

test("decodeMetrics() separates evaluations, the gate's decision and everything else", () => {
  const metrics = decodeMetrics({
    mnist_test: { n: 10, accuracy: 0.9, loss: 0.2, per_class: [], confusion: [[10]] },
    champion_mnist_test: { accuracy: 0.8 },
    gate: GATE,
    seconds: 12,
    notes: { n: 3 },
  });
  expect(metrics.evaluations).toEqual({
    mnist_test: { n: 10, accuracy: 0.9, loss: 0.2, per_class: [], confusion: [[10]] },
    champion_mnist_test: { accuracy: 0.8 },
  });
  expect([metrics.gate, metrics.others]).toEqual([GATE, { seconds: 12, notes: { n: 3 } }]);
});

test("encodeMetrics() writes what decodeMetrics() read, fields of a newer release included", () => {
  const stored = {
    mnist_test: {
      accuracy: 0.9,
      latency_ms: 0.6,
      per_class: [{ label: "7", n: 1, recall: 1, precision: null }],
    },
    drift: { psi: 0.1 },
    gate: GATE,
  };
  expect(encodeMetrics(decodeMetrics(stored))).toEqual(stored);
});

test("decodeMetrics() counts as absent what it cannot read of an evaluation", () => {
  const { evaluations } = decodeMetrics({
    set: {
      n: "ten",
      accuracy: 0.5,
      loss: null,
      per_class: "?",
      confusion: [[1, "2"]],
      calibration: { ece: 1 },
    },
    none: { accuracy: "high" },
  });
  expect(Object.keys(evaluations)).toEqual(["set"]);
  expect(JSON.parse(JSON.stringify(evaluations.set))).toEqual({ accuracy: 0.5 });
});

test("decodeMetrics() never throws, loses no name, and reads the same again what it has written, for any JSON", () => {
  const fields = fc.dictionary(
    fc.constantFrom("accuracy", "n", "loss", "per_class", "passed", "checks"),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const stored = fc.dictionary(fc.constantFrom("mnist_test", "gate", "x", "__proto__"), fields);
  fc.assert(
    fc.property(stored, (value) => {
      const once = decodeMetrics(value);
      const written = JSON.parse(JSON.stringify(encodeMetrics(once)));
      expect(Object.keys(written).sort()).toEqual(Object.keys(value).sort());
      expect(encodeMetrics(decodeMetrics(written))).toEqual(written);
    }),
    { seed: 8, numRuns: 500 },
  );
});

test("championSet() and setOfChampion() are each other's inverse", () => {
  expect(setOfChampion(championSet("mnist_test"))).toBe("mnist_test");
  expect(setOfChampion("mnist_test")).toBeNull();
});
