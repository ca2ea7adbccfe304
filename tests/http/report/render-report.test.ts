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
