import { expect, test } from "bun:test";
import type { Deployment } from "../../../src/domain/deployment.ts";
import type { GateCheck, Verdict } from "../../../src/domain/gate.ts";
import { decodeMetrics, NO_METRICS } from "../../../src/domain/metrics.ts";
import type { Model } from "../../../src/domain/model.ts";
import type { Run } from "../../../src/domain/runs/run.ts";
import { newestNews } from "../../../src/http/routes/news.ts";
import { LearningStatus, type News } from "../../../views/fragments/learning-status.tsx";
import { textIn } from "../../../views/i18n/text.ts";

const deployment = (change: Partial<Deployment> = {}): Deployment => ({
  id: 2,
  alias: "champion",
  version: 2,
  previousVersion: 1,
  action: "promote",
  by: "gate",
  actor: null,
  isForced: false,
  verdict: null,
  reason: "",
  createdAt: "2026-01-02T10:00:00.000Z",
  ...change,
});

const run = (change: Partial<Run> = {}): Run => ({
  id: "run-1",
  pipeline: "tuning",
  params: {},
  trigger: "new_samples",
  command: "",
  startedBy: null,
  cancelledBy: null,
  status: "done",
  createdAt: "2026-01-02T09:58:00.000Z",
  startedAt: "2026-01-02T09:58:00.000Z",
  finishedAt: "2026-01-02T10:00:01.000Z",
  pid: null,
  seed: null,
  threads: null,
  versions: {},
  lastSampleId: null,
  metrics: NO_METRICS,
  error: null,
  modelVersion: 2,
  ...change,
});

const model = (version: number, passed: boolean): Model => ({
  version,
  name: "digits",
  key: "",
  sha256: "",
  runId: null,
  parentVersion: null,
  metrics: decodeMetrics({ mnist_test: { n: 10_000, accuracy: 0.992 } }),
  gate: {
    passed,
    checks: [
      { name: "a", passed, detail: "8 got worse" },
      { name: "b", passed: true, detail: "7 got better" },
    ],
  },
  state: "ready",
  createdAt: "",
  isForced: false,
  note: null,
  tags: {},
});

const models = new Map([
  [2, model(2, true)],
  [3, model(3, false)],
]);

test("newestNews() reports what went live and its accuracy", () => {
  expect(newestNews(deployment(), run(), models)).toEqual({
    kind: "live",
    version: 2,
    mnistAccuracy: 0.992,
    holdoutAccuracy: null,
  });
});

test("newestNews() reports why a later model was refused", () => {
  const later = run({ modelVersion: 3, finishedAt: "2026-01-02T11:00:00.000Z" });
  expect(newestNews(deployment(), later, models)).toEqual({
    kind: "refused",
    version: 3,
    reasons: [{ detail: "8 got worse" }],
  });
});

test("newestNews() reports a failure until something goes live after it", () => {
  const failed = run({ status: "failed", error: "out of memory", finishedAt: "2026-01-02T11:00:00.000Z" });
  expect(newestNews(deployment(), failed, models)).toEqual({ kind: "failed", reason: "out of memory" });
  const after = deployment({ createdAt: "2026-01-02T12:00:00.000Z" });
  expect(newestNews(after, failed, models)?.kind).toBe("live");
});

test("newestNews() reports roll back and fall back", () => {
  expect(newestNews(deployment({ action: "rollback", version: 1 }), null, models)).toEqual({
    kind: "rolledBack",
    version: 1,
  });
  expect(newestNews(deployment({ action: "fallback", version: 1 }), null, models)?.kind).toBe("fellBack");
});

test("newestNews() has none at the start, with the first model live", () => {
  expect(newestNews(deployment({ version: 1, previousVersion: null, by: "start" }), null, models)).toBeNull();
  expect(newestNews(null, null, models)).toBeNull();
});

/** A model of the current release, with a verdict. */
const judged = (version: number, verdict: Verdict, check: Partial<GateCheck> = {}): Model => {
  const passed = verdict === "better" || verdict === "not_worse";
  const checks = [{ name: "a", passed, detail: "too few", ...check }];
  return { ...model(version, passed), gate: { passed, verdict, summary: { detail: verdict }, checks } };
};
const newsOf = (one: Model) =>
  newestNews(
    deployment(),
    run({ modelVersion: 3, finishedAt: "2026-01-02T11:00:00.000Z" }),
    new Map([[3, one]]),
  );

test("newestNews() says which evidence a held model lacks, and whether its labels are in review", () => {
  expect(newsOf(judged(3, "held", { isMissing: true }))).toEqual({
    ...{ kind: "held", version: 3, reason: { detail: "held" }, isInReview: false },
  });
  const inReview = { isMissing: true, says: { key: "heldCell", figures: {} } };
  expect(newsOf(judged(3, "held", inReview))).toMatchObject({ kind: "held", isInReview: true });
});

test("newestNews() reports a model that passed and waits to be promoted, but not one that is live", () => {
  for (const verdict of ["better", "not_worse"] as const) {
    expect(newsOf(judged(3, verdict))).toEqual({
      ...{ kind: "passed", version: 3, verdict, summary: { detail: verdict } },
    });
    const live = new Map([[2, judged(2, verdict)]]);
    expect(newestNews(deployment(), run(), live)).toMatchObject({
      ...{ kind: "live", version: 2, verdict, summary: { detail: verdict } },
    });
  }
});

test("newestNews() names the failed checks of a rejected model, not those that only lack evidence", () => {
  const one = judged(3, "rejected");
  one.gate!.checks.push({ name: "b", passed: false, isMissing: true, detail: "missing" });
  expect(newsOf(one)).toEqual({ kind: "refused", version: 3, reasons: [{ detail: "too few" }] });
});

test("the learning strip links a model that is held to the label queue", async () => {
  const props = {
    ...{
      firstModel: null,
      liveVersion: 1,
      unknown: [],
      newSamples: 3,
      threshold: 5,
      isPaused: false,
      notBefore: null,
      isHeld: false,
    },
    ...{ running: null, newsRunId: "run-1" },
  };
  const reason = { detail: "30 labels contradict the model" };
  const draw = async (news: News) => String(await LearningStatus({ ...props, text: textIn("en"), news }));
  const held = await draw({ kind: "held", version: 3, reason, isInReview: true });
  expect(held).toContain("Model 3 is held: 30 labels contradict the model");
  expect(held).toContain('href="/label"');
  expect(await draw({ kind: "held", version: 3, reason: null, isInReview: false })).not.toContain("/label");
  const better = { kind: "passed", version: 3, verdict: "better", summary: { detail: "41 fixed" } } as const;
  expect(await draw(better)).toContain("Model 3 is better, and waits to be promoted: 41 fixed");
});
