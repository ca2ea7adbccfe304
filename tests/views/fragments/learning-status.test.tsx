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
      isHeld: false,
      running: null,
      firstModel: null,
      liveVersion: 1,
      unknown: [],
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
  isSlowed: false,
};

test("LearningStatus counts labels towards the next training", async () => {
  const html = await status({});
  expect(html).toContain("137 of 500 new labels");
  expect(html).toContain('<progress max="500" value="137"');
});

test("LearningStatus counts without a bar when new labels start no run, and does not promise a run that is held", async () => {
  const countOnly = await status({ threshold: null });
  expect(countOnly).toContain("137 new labels");
  expect(countOnly).not.toContain("<progress");
  expect(await status({ newSamples: 500 })).toContain("Training starts soon");
  expect(await status({ newSamples: 500, isHeld: true })).toContain("what the run is waiting for");
});

test("LearningStatus never draws more than a full bar", async () => {
  const html = await status({ newSamples: 612 });
  expect(html).toContain("612 of 500 new labels");
  expect(html).toContain('value="500"');
  expect(html).toContain("Training starts soon");
});

test("LearningStatus shows when training is paused or delayed", async () => {
  expect(await status({ isPaused: true })).toContain("Training is paused");
  const held = await status({ newSamples: 500, notBefore: "2026-01-02T03:04:05.000Z" });
  expect(held).toContain("Next attempt after 03:04:05");
});

test("LearningStatus shows epoch, loss and speed of the current run, and links to it", async () => {
  const html = await status({ running });
  for (const text of ["Epoch 2 of 3", "Loss 0.123", "512 samples/s", 'href="/runs/run-1"', 'value="0.5"']) {
    expect(html).toContain(text);
  }
});

test("LearningStatus says that other programs slow the run, instead of loss and speed", async () => {
  for (const phase of ["preparing", "training", "evaluating"] as const) {
    const html = await status({ running: { ...running, phase, isSlowed: true } });
    expect(html).toContain("slowed by other programs on this machine");
    expect(html).not.toContain("samples/s");
  }
  expect(await status({ running })).not.toContain("slowed");
  const japanese = await status({ running: { ...running, isSlowed: true } }, "ja");
  expect(japanese).toContain("他のプログラムの処理を優先中");
});

test("LearningStatus draws an indeterminate bar before training reports", async () => {
  const html = await status({ running: { ...running, phase: "preparing", progress: null } });
  expect(html).toContain("Preparing data");
  expect(html).not.toContain("value=");
});

test("LearningStatus shows that model 2 is live with its accuracy", async () => {
  const news = { kind: "live" as const, version: 2, mnistAccuracy: 0.9921, holdoutAccuracy: 0.9 };
  expect(await status({ news })).toContain("Model 2 is live: 99.2\u00a0% on the MNIST test set");
  expect(await status({ news }, "ja")).toContain(
    "モデル 2 が稼働中（MNIST テストセットの正解率 99.2\u00a0%）",
  );
});

test("LearningStatus shows the accuracy of a model without digits on the held-out drawings", async () => {
  const news = { kind: "live" as const, version: 1, mnistAccuracy: null, holdoutAccuracy: 0.9 };
  expect(await status({ news })).toContain("Model 1 is live: 90.0\u00a0% on held-out drawings");
});

const firstModel = {
  perClass: 10,
  total: 20,
  classes: [
    { label: "a", n: 10, of: 10 },
    { label: "<b>", n: 3, of: 10 },
  ],
  n: 13,
  heldOut: 4,
  isEnough: false,
};

test("LearningStatus without a model shows how many drawings it needs, in total and per class", async () => {
  const html = await status({ firstModel });
  expect(html).toContain('data-model="memory"');
  expect(html).toContain("There is no model yet");
  expect(html).toContain("your labelled drawings recognise new ones, without a model");
  expect(html).toContain("13 of 20 drawings");
  expect(html).toMatch(/data-done="true"><b>a<\/b> <span>10\/10</);
  expect(html).toMatch(/data-done="false"><b>&lt;b&gt;<\/b> <span>3\/10</);
  expect(html).toContain("4 of them are held out for evaluation");
  expect(html).not.toContain("new labels");
  expect(await status({ firstModel }, "ja")).toContain("20 件中 13 件");
});

test("LearningStatus shows when the first training starts, and that it is running", async () => {
  const enough = { ...firstModel, isEnough: true };
  expect(await status({ firstModel: enough })).toContain("Enough drawings. Training starts soon");
  expect(await status({ firstModel: enough, isPaused: true })).toContain("Training is paused");
  const going = await status({ firstModel: enough, running: { ...running, pipeline: "first" } });
  expect(going).toContain("Training the first model");
  expect(going).toContain('data-model="memory"');
});

test("LearningStatus names the classes that the model does not know yet", async () => {
  expect(await status({ unknown: ["x", "y"] })).toContain("The model does not know x, y yet");
  expect(await status({ unknown: [] })).not.toContain("does not know");
});

test("LearningStatus explains in words why a candidate failed the gate", async () => {
  const news = {
    kind: "refused" as const,
    version: 3,
    reasons: [{ detail: "MNIST fell by 0.5 points" }, { detail: "8 got worse" }],
  };
  const html = await status({ news, newsRunId: "run-3" });
  expect(html).toContain("Model 3 was rejected: MNIST fell by 0.5 points; 8 got worse");
  expect(html).toContain('href="/runs/run-3"');
});
