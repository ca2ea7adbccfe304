import { expect, test } from "bun:test";
import { LearningStatus, type LearningStatusProps } from "../../../views/fragments/learning-status.tsx";
import { textIn } from "../../../views/i18n/text.ts";

const status = async (change: Partial<LearningStatusProps>, language: "en" | "ja" = "en") =>
  String(
    await LearningStatus({
      text: textIn(language),
      newSamples: 137,
      threshold: 500,
      isPaused: false,
      notBefore: null,
      running: null,
      news: null,
      newsRunId: null,
      ...change,
    }),
  );

const running = {
  runId: "run-1",
  pipeline: "tuning",
  phase: "training" as const,
  progress: 0.5,
  epoch: 2,
  epochs: 3,
  loss: 0.1234,
  samplesPerS: 512.4,
};

test("LearningStatus counts labels to the next training", async () => {
  const html = await status({});
  expect(html).toContain("137 of 500 new labels");
  expect(html).toContain('<progress max="500" value="137"');
});

test("LearningStatus never draws more than a full bar", async () => {
  const html = await status({ newSamples: 612 });
  expect(html).toContain("612 of 500 new labels");
  expect(html).toContain('value="500"');
  expect(html).toContain("training starts soon");
});

test("LearningStatus says when training is paused or held back", async () => {
  expect(await status({ isPaused: true })).toContain("Training is paused");
  const held = await status({ newSamples: 500, notBefore: "2026-01-02T03:04:05.000Z" });
  expect(held).toContain("Next try not before 03:04:05");
});

test("LearningStatus shows epoch, loss and speed of the run that goes on, and leads to it", async () => {
  const html = await status({ running });
  for (const text of ["Epoch 2 of 3", "Loss 0.123", "512 samples/s", 'href="/runs/run-1"', 'value="0.5"']) {
    expect(html).toContain(text);
  }
});

test("LearningStatus draws an endless bar before the training reports", async () => {
  const html = await status({ running: { ...running, phase: "preparing", progress: null } });
  expect(html).toContain("Preparing the data");
  expect(html).not.toContain("value=");
});

test("LearningStatus says that model 2 is live with its accuracy", async () => {
  const news = { kind: "live" as const, version: 2, mnistAccuracy: 0.9921 };
  expect(await status({ news })).toContain("Model 2 is live: 99.2\u00a0% on the MNIST test set");
  expect(await status({ news }, "ja")).toContain("モデル 2 が稼働中: MNIST テストで 99.2\u00a0%");
});

test("LearningStatus says in words why the gate refused", async () => {
  const news = { kind: "refused" as const, version: 3, reasons: ["MNIST fell by 0.5 points", "8 got worse"] };
  const html = await status({ news, newsRunId: "run-3" });
  expect(html).toContain("Model 3 stays out: MNIST fell by 0.5 points; 8 got worse");
  expect(html).toContain('href="/runs/run-3"');
});
