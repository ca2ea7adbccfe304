import { expect, test } from "bun:test";
import { decodeMetrics } from "../../../src/domain/metrics.ts";
import { reportsOf } from "../../../src/http/routes/reports.ts";

test("reportsOf() gives known sets first, each with the previous model, and leaves out what is not an evaluation", () => {
  const { evaluations } = decodeMetrics({
    seconds: 12,
    other: { accuracy: 0.5 },
    app_holdout: { n: 40, accuracy: 0.95, loss: 0.2, per_class: "?", confusion: [[1, "2"]] },
    champion_app_holdout: { n: 40, accuracy: 0.9 },
    mnist_test: {
      n: 10,
      accuracy: 0.99,
      per_class: [{ label: "0", n: 10, recall: 0.9 }],
      confusion: [[9]],
      calibration: { ece: 0.1, bins: [{ from: 0.9, to: 1, n: 3, accuracy: 1 }] },
    },
  });
  const reports = reportsOf(evaluations);
  expect(Object.keys(reports)).toEqual(["mnist_test", "app_holdout", "other"]);
  expect(reports.app_holdout).toEqual({
    n: 40,
    accuracy: 0.95,
    loss: 0.2,
    perClass: [],
    confusion: [],
    calibration: null,
    before: {
      n: 40,
      accuracy: 0.9,
      loss: null,
      perClass: [],
      confusion: [],
      calibration: null,
      before: null,
    },
  });
  expect(reports.mnist_test).toMatchObject({
    perClass: [{ label: "0", n: 10, recall: 0.9, precision: null }],
    confusion: [[9]],
    calibration: { ece: 0.1, bins: [{ from: 0.9, to: 1, n: 3, confidence: null, accuracy: 1 }] },
    before: null,
  });
});
