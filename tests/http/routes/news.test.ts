import { expect, test } from "bun:test";
import type { Deployment } from "../../../src/domain/deployment.ts";
import { decodeMetrics, NO_METRICS } from "../../../src/domain/metrics.ts";
import type { Model } from "../../../src/domain/model.ts";
import type { Run } from "../../../src/domain/runs/run.ts";
import { newestNews } from "../../../src/http/routes/news.ts";

const deployment = (change: Partial<Deployment> = {}): Deployment => ({
  id: 2,
  alias: "champion",
  version: 2,
  previousVersion: 1,
  action: "promote",
  by: "gate",
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
