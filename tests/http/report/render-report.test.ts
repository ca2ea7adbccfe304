import { expect, test } from "bun:test";
import type { RunReport } from "../../../src/domain/runs/run-report.ts";
import { renderReport } from "../../../src/http/report/render-report.ts";
import { reportOf } from "../../../src/training/evaluate/metrics.ts";
import { EXAMPLES } from "../../support/examples.ts";

const surroundings = {
  language: "en",
  createdAt: "2026-11-23T12:00:00.000Z",
  version: "0.0.0-test",
  css: "p{margin:0}",
} as const;

const answers = EXAMPLES.answers.map((answer) => ({ ...answer, loss: 0.5 }));
const report: RunReport = {
  training: {
    history: [1, 2].map((epoch) => ({
      epoch,
      loss: 1 / epoch,
      val_loss: 0.5,
      val_accuracy: 0.9,
      samples_per_s: 300,
      learning_rate: 0.001,
      seconds: 3,
    })),
    best_epoch: 2,
  },
  drawings: { "4": 12, "9": 0 },
  metrics: {
    mnist_test: reportOf(answers, EXAMPLES.classes),
    champion_mnist_test: reportOf(answers, EXAMPLES.classes),
  },
  examples: { mnist_test: EXAMPLES },
  gate: { passed: false, checks: [{ name: "holdout", passed: false, detail: "8 got <worse>" }] },
};

test("renderReport() draws one file that loads nothing: curves, both models, calibration, mistakes and the gate", async () => {
  const html = await renderReport(report, surroundings);
  expect(html).toStartWith("<!doctype html><html");
  for (const text of [
    `<style>${surroundings.css}</style>`,
    "best: epoch 2",
    "Champion at the time",
    "Expected calibration error",
    "8 got &lt;worse&gt;",
    "<dt>4</dt><dd>12</dd>",
    "data:image/png;base64,",
  ]) {
    expect(html).toContain(text);
  }
  expect(html).not.toContain("<script");
  expect([...html.matchAll(/(?:src|href)="(?!data:|#)[^"]*"/g)].map(String)).toEqual([]);
  expect(html).not.toContain("<dt>9</dt>");
});

test("renderReport() writes the page in the language that it is given", async () => {
  const html = await renderReport(report, { ...surroundings, language: "ja" });
  expect(html).toStartWith('<!doctype html><html lang="ja">');
  for (const text of ["学習レポート", "最良のエポック：2", "当時のチャンピオン", "（UTC）に tegaki"]) {
    expect(html).toContain(text);
  }
  expect(html).not.toMatch(/Training|Champion|Passed|Failed/);
});

test("renderReport() leads each cell of the matrix to its drawings on the page", async () => {
  const html = await renderReport(report, surroundings);
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => decodeURIComponent(id!));
  expect(targets).toEqual(["mnist_test:4:9", "mnist_test:9:4"]);
  for (const id of targets) expect(html).toContain(`id="${id}"`);
});

test("renderReport() has no tick beside what was not judged, and the champion's held-out accuracy beside a refusal", async () => {
  const unjudged = { name: "Labels", passed: true, isUnjudged: true, detail: "No new labels were screened" };
  const compared = {
    ...{ set: "app_holdout", against: "champion" as const, n: 40, candidate: 0.95, other: 0.975 },
    ...{ fixed: 0, broken: 1, p: 1, bound: -0.06, low: -0.07, high: 0, classes: [] },
  };
  const gate = { passed: false, verdict: "rejected" as const, checks: [unjudged], evidence: [compared] };
  const html = (await renderReport({ ...report, gate }, surroundings)).replaceAll("\u00a0", " ");
  expect(html).toContain('<b class="check-word">Not judged: </b>No new labels were screened');
  expect(html).not.toContain("check-passed");
  expect(html).toContain("On 40 held-out drawings: candidate 95.00 %, champion 97.50 % (0 fixed, 1 broken)");
});

test("renderReport() names no best epoch of a training without validation", async () => {
  const history = report.training.history.map((record) => ({
    ...record,
    val_loss: null,
    val_accuracy: null,
  }));
  const html = await renderReport({ ...report, training: { history, best_epoch: 2 } }, surroundings);
  expect(html).not.toMatch(/best: epoch|\(best\)/);
  expect(html).toContain("kept: epoch 2, the last");
});
