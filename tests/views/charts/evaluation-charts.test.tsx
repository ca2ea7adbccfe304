import { expect, test } from "bun:test";
import { CalibrationChart } from "../../../views/charts/calibration-chart.tsx";
import { ClassChart } from "../../../views/charts/class-chart.tsx";
import { MistakesTable } from "../../../views/charts/mistakes-table.tsx";
import { TrainingCurves } from "../../../views/fragments/runs/training-curves.tsx";
import { textIn } from "../../../views/i18n/text.ts";

const text = textIn("en");

test("CalibrationChart places a bin at its mean confidence and accuracy, with its interval, and shows its count", async () => {
  const calibration = {
    ece: 0.1,
    bins: [
      { from: 0, to: 0.5, n: 0, confidence: null, accuracy: null },
      { from: 0.5, to: 1, n: 1234, confidence: 0.75, accuracy: 0.5 },
    ],
  };
  const html = String(await CalibrationChart({ text, name: "test set", calibration }));
  expect(html).toMatch(/<svg x="75\.00%" y="0".*?<svg x="0\.00%" y="50\.00%"/s);
  // Wilson's interval of 617 in 1,234, from the top.
  expect(html).toContain('y1="52.79%" y2="47.21%"');
  expect(html).toContain("1,234 predictions at 75.0\u00a0% confidence; 50.0\u00a0% correct");
  expect(html.match(/<tr>/g)).toHaveLength(2);
  expect(html).not.toContain("NaN");
});

test("ClassChart draws no mark for null, names the worst class, and shows the previous recall", async () => {
  const perClass = [
    { label: "a", n: 10, recall: 0.9, precision: null },
    { label: "b", n: 0, recall: null, precision: 0.5 },
  ];
  const html = String(await ClassChart({ text, name: "set", perClass, before: [] }));
  expect(html).toContain("The lowest recall is 90.0\u00a0%, for a.");
  expect(html.match(/<title>[ab], /g)).toHaveLength(2);
  expect(html.replaceAll("\u00a0", " ")).toContain("<title>a, Recall: 90.0 % (n = 10)</title>");
  expect(html.match(/class="chart-whisker/g)).toHaveLength(1);
  const before = [{ label: "a", n: 10, recall: 0.8, precision: 1 }];
  const both = String(await ClassChart({ text, name: "set", perClass, before }));
  expect(both.match(/chart-then/g)).toHaveLength(1);
  expect(both).toContain('<td class="num">80.0\u00a0%</td>');
});

test("MistakesTable lists mistakes by count with their share of the class", async () => {
  const confusion = [
    [6, 1, 3],
    [0, 5, 0],
    [0, 0, 0],
  ];
  const html = String(await MistakesTable({ text, name: "set", labels: ["a", "b", "c"], confusion }));
  const rows = [
    ...html.matchAll(/<th scope="row">(\w)<\/th><td class="num">(\w)<\/td><td class="num">(\d+)/g),
  ];
  expect(rows.map(([, label, read, n]) => [label, read, n])).toEqual([
    ["a", "c", "3"],
    ["a", "b", "1"],
  ]);
  expect(html).toContain("30.0\u00a0%");
});

test("TrainingCurves draws both losses with the best epoch marked, and their values as a table", async () => {
  const epochs = [1, 2].map((epoch) => ({
    epoch,
    loss: 1 / epoch,
    valLoss: 2 / epoch,
    valAccuracy: 0.9,
    learningRate: 0.001,
    samplesPerS: 300,
  }));
  const points = epochs.map(({ epoch, loss }) => ({ x: epoch, y: loss }));
  const training = { text, learningRates: [], speeds: [], epochCount: 4, bestEpoch: 2, isOver: true };
  const html = String(await TrainingCurves({ ...training, losses: points, epochs }));
  expect(html).toContain("chart-line chart-ink");
  expect(html).toContain("chart-line chart-accent is-dashed");
  expect(html.match(/best: epoch 2/g)).toHaveLength(2);
  expect(html).toContain(
    '<th scope="row">2 (best)</th><td class="num">0.5000</td><td class="num">1.0000</td>',
  );
  expect(html).not.toContain("NaN");
});

test("TrainingCurves names no best epoch without validation, and says what was kept instead", async () => {
  const epochs = [1, 2, 3].map((epoch) => ({
    ...{ epoch, loss: 1 / epoch, valLoss: null, valAccuracy: null },
    ...{ learningRate: 0.001, samplesPerS: 300 },
  }));
  const losses = epochs.map(({ epoch, loss }) => ({ x: epoch, y: loss }));
  const training = { text, losses, learningRates: [], speeds: [], epochs, epochCount: 3, bestEpoch: 3 };
  const html = String(await TrainingCurves({ ...training, isOver: true }));
  expect(html).not.toMatch(/best: epoch|\(best\)/);
  expect(html.match(/kept: epoch 3, the last/g)).toHaveLength(1);
  expect(html).toContain('<th scope="row">3 (kept)</th>');
  expect(html).toContain("No images were used for validation");
  // Neither an empty chart of what was not measured, nor a promise.
  expect(html).not.toContain("chart-empty");
  expect(html).not.toContain("Validation accuracy</figcaption>");
  expect(String(await TrainingCurves({ ...training, isOver: false }))).not.toContain("kept: epoch");
});
