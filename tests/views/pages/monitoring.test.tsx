/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from "bun:test";
import { countPrediction, noCounts } from "../../../src/domain/monitoring/counts.ts";
import type { MonitorOverview } from "../../../src/domain/monitoring/overview.ts";
import { proportion } from "../../../src/domain/monitoring/proportion.ts";
import { textIn } from "../../../views/i18n/text.ts";
import { MonitoringPage } from "../../../views/pages/monitoring.tsx";

const HOSTILE = `"><script>alert(1)</script>`;
const AT = "2026-01-02T03:04:05.000Z";

function countsOf(n: number, label = "7") {
  const counts = noCounts();
  for (let i = 0; i < n; i++)
    countPrediction(
      counts,
      { label, confidence: 0.9, isOutlier: i % 10 === 0 },
      { confidence: 0.9, ink: 0.1 },
    );
  return counts;
}

/** An overview with so many predictions and correct labels. */
function overview(
  predictions: number,
  labels: number,
  change: Partial<MonitorOverview> = {},
): MonitorOverview {
  const counts = countsOf(predictions, HOSTILE);
  return {
    window: "24h",
    from: AT,
    to: AT,
    counts,
    versions: [],
    undecided: proportion(counts.outliers, counts.n),
    disagreement: proportion(0, 0),
    expectedAccuracy: predictions === 0 ? null : 0.9,
    withMemory: { model: proportion(0, labels), shown: proportion(labels, labels) },
    accuracy: {
      all: proportion(labels, labels),
      confidence: labels === 0 ? null : 0.9,
      classes:
        labels === 0
          ? []
          : [
              { key: HOSTILE, accuracy: proportion(labels, labels) },
              { key: "rare", accuracy: proportion(1, 4) },
            ],
      versions: [],
      writers: labels === 0 ? [] : [{ key: HOSTILE, accuracy: proportion(labels, labels) }],
    },
    points: [{ at: AT, predictions, confidence: predictions === 0 ? null : 0.9, labels, correct: labels }],
    drift: null,
    checks: [],
    unchecked: predictions,
    reference: null,
    liveVersion: 1,
    limits: { psi: 0.25, js: 0.04, minPredictions: 500, minSeconds: 3_600 },
    ...change,
  };
}

const html = async (props: MonitorOverview, language: "en" | "ja" = "en") =>
  String(
    await (<MonitoringPage text={textIn(language)} path="/monitoring" version="1" overview={props} />),
  ).replaceAll("\u00a0", " ");

test("the page says that nothing is known without predictions and labels", async () => {
  const page = await html(overview(0, 0));
  expect(page).toContain("Unknown: no prediction has a label");
  expect(page).toContain("No predictions in this window");
  expect(page).toContain("the first check needs 500");
  expect(page).not.toContain("100.0 %");
});

test("the page shows an interval and no accuracy for fewer than 30 labels, and no distribution of fewer than 50 predictions", async () => {
  const page = await html(overview(49, 29));
  expect(page).toContain("Too few labels: 29. The accuracy is somewhere between 88 % and 100 %.");
  expect(page).toContain("Too few predictions to show how they are distributed: 49, at least 50 are needed.");
  expect(page).not.toContain("Amount of ink");
});

test("the page shows accuracy with its interval next to the expected one, charts with tables, and names as text", async () => {
  const page = await html(overview(50, 30));
  expect(page).toContain("100.00 % (88.6 % to 100.0 %, 95 % interval) on 30 labelled predictions");
  expect(page).toContain("90.00 %, the mean confidence of 50 predictions");
  expect(page).toContain("Measured accuracy by class: 1 with fewer than 5 labels not shown");
  expect(page).not.toContain("<script>alert");
  // One table each for classes, writers, times, the mix of classes and the eight measures.
  expect(page.match(/class="chart-data"/g)).toHaveLength(12);
  expect(page).toContain('aria-current="page"');
});

test("the page says which measures have drifted, from what, and since when", async () => {
  const lastCheck = {
    id: 2,
    modelVersion: 1,
    from: AT,
    to: AT,
    n: 600,
    divergences: [{ measure: "ink" as const, psi: 0.5, js: 0.09, isBreach: true }],
  };
  const drift = {
    isDetected: true,
    measures: ["ink" as const],
    modelVersion: 1,
    lastCheck,
    alarmId: 2,
    since: AT,
  };
  const reference = {
    modelVersion: 1,
    source: "both" as const,
    drawings: 7,
    builtIn: 993,
    counts: countsOf(1_000),
    createdAt: AT,
  };
  const drifted = overview(60, 0, { drift, checks: [lastCheck], reference });
  const page = await html(drifted);
  expect(page).toContain("The drawings have drifted from what the live model was trained on: Amount of ink");
  expect(page).toContain("Over both limits");
  expect(page).toContain("for the 7 drawings that it was trained on, filled up with 993 MNIST test images");
  expect(page).toContain("Reference of model 1");
  expect(await html(drifted, "ja")).toContain("該当する指標：インクの量。");
});
