import { expect, test } from "bun:test";
import * as v from "valibot";
import type { PairedEvidence } from "../../../../src/domain/gate.ts";
import { NO_METRICS } from "../../../../src/domain/metrics.ts";
import type { RunResults } from "../../../../src/domain/runs/run-results.ts";
import { LearningSchema, PersonSchema } from "../../../../src/http/api/learning/schemas.ts";
import { curveOf } from "../../../learning/curve/curves.ts";
import { newRun, newSample } from "../../../storage/helpers.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

const learningOf = async ({ send }: TestApp) => {
  const response = await send("GET", "/api/v1/learning");
  expect(response.status).toBe(200);
  return v.parse(LearningSchema, await response.json());
};

const EVIDENCE: PairedEvidence = {
  ...{ set: "app_holdout", against: "base", n: 100, candidate: 0.95, other: 0.9, fixed: 6, broken: 1 },
  ...{ p: 0.125, bound: 0, low: 0.01, high: 0.09 },
  classes: [{ label: "7", n: 100, candidate: 0.95, other: 0.9 }],
};

async function withVersion(app: TestApp): Promise<void> {
  await app.store.runs.create(newRun("run-1"));
  await app.store.lineage.putRunData("run-1", []);
  await app.store.models.create({
    ...{ name: "digits", key: "data/v1", sha256: "ab".repeat(32), runId: "run-1", parentVersion: null },
    ...{ metrics: NO_METRICS, state: "ready", gate: { passed: true, checks: [], evidence: [EVIDENCE] } },
  });
}

test("GET /api/v1/learning says that nothing is known of an empty store", async () => {
  const body = await learningOf(await createTestApp());
  expect(body).toEqual({
    labels: { train: 0, holdout: 0 },
    held_out: [],
    curve: null,
    forecast: { kind: "none", reason: "not_measured", values: {} },
    needs: {
      ...{ version: 1, since: null, unnamed: 0 },
      classes: { rows: [], left_out: 0 },
      writers: { rows: [], left_out: 0 },
    },
  });
});

test("GET /api/v1/learning has the held-out mistakes of each run, with the base model on the same drawings", async () => {
  const app = await createTestApp();
  await withVersion(app);
  const { held_out } = await learningOf(app);
  expect(held_out).toMatchObject([
    {
      ...{ version: 1, run_id: "run-1", labels: 0, champion: null },
      candidate: { n: 100, share: 0.05 },
      base: { n: 100, share: 0.1 },
      change: { against: "base", fixed: 6, broken: 1, low: -0.09, high: -0.01 },
    },
  ]);
});

test("GET /api/v1/learning counts the live model's mistakes by class and writer, on drawings it has not seen", async () => {
  const app = await createTestApp();
  await withVersion(app);
  for (let i = 0; i < 12; i++)
    await app.store.samples.insert(newSample({ label: "7", predicted: i < 9 ? "1" : "7", writer: "ann" }));
  for (let i = 0; i < 30; i++)
    await app.store.samples.insert(newSample({ label: "3", predicted: "3", writer: i < 25 ? "bob" : null }));
  await app.store.samples.insert(newSample({ label: "2", predicted: "2", modelVersion: 9 }));
  const { needs } = await learningOf(app);
  expect(needs.classes.rows.map(({ name, n, wrong, is_shown }) => [name, n, wrong, is_shown])).toEqual([
    ["7", 112, 14, false],
    ["3", 30, 0, false],
  ]);
  expect(needs.writers.rows.map(({ name, n, wrong, is_shown }) => [name, n, wrong, is_shown])).toEqual([
    ["ann", 12, 9, true],
    ["bob", 25, 0, false],
  ]);
  expect(needs.unnamed).toBe(6);
});

test("GET /api/v1/learning has the newest measured curve, read once, with its forecast or the reason for none", async () => {
  let read = 0;
  const sizes = [0, 50, 100, 200, 400];
  const curve = curveOf(
    sizes,
    sizes.map((n) => 0.32 * (n + 100) ** -0.3),
    { writers: 200 },
  );
  const results = {
    learningCurve: async () => {
      read += 1;
      return curve;
    },
  } as Partial<RunResults> as RunResults;
  const app = await createTestApp({ results });
  await app.store.runs.create(newRun("run-0", { pipeline: "curve" }));
  expect((await learningOf(app)).curve).toBeNull();
  await app.store.runs.update("run-0", { status: "done", finishedAt: "2026-01-02T03:04:05.000Z" });
  for (let i = 0; i < 4; i++) await app.store.samples.insert(newSample({ writer: `w${i}` }));
  const body = await learningOf(app);
  await learningOf(app);
  expect(read).toBe(1);
  expect(body.curve).toMatchObject({ run_id: "run-0", by: "writer", drawings: 5_000, groups: 200 });
  expect(body.curve!.points.map(({ labels }) => labels)).toEqual(sizes);
  expect(body.forecast).toMatchObject({ kind: "gain", labels: 100, now: body.labels.train });
});

test("GET /api/v1/learning ignores a curve that this release cannot read", async () => {
  const results = { learningCurve: async () => ({ labels: "many" }) } as Partial<RunResults> as RunResults;
  const app = await createTestApp({ results });
  await app.store.runs.create(newRun("run-0", { pipeline: "curve" }));
  await app.store.runs.update("run-0", { status: "done" });
  const body = await learningOf(app);
  expect([body.curve, body.forecast.kind]).toEqual([null, "none"]);
});

test("GET /api/v1/learning/person has the mistakes per 20 drawings of a writer", async () => {
  const { send, store } = await createTestApp();
  for (let i = 0; i < 25; i++)
    await store.samples.insert(
      newSample({ label: "7", predicted: i % 5 === 0 ? "1" : "7", writer: "あん 1" }),
    );
  const response = await send("GET", `/api/v1/learning/person?${new URLSearchParams({ writer: "あん 1" })}`);
  const body = v.parse(PersonSchema, await response.json());
  expect(body).toMatchObject({
    writer: "あん 1",
    total: 25,
    fixed: 0,
    broken: 0,
    p: 1,
    model: { n: 25, share: 0.2 },
  });
  expect(body.groups.map(({ from, to, model }) => [from, to, model.n, model.share])).toEqual([
    [1, 20, 20, 0.2],
    [21, 25, 5, 0.2],
  ]);
});

test("GET /api/v1/learning/person refuses an unknown writer with 404, and no or a malformed name with 422", async () => {
  const { send } = await createTestApp();
  const unknown = await send("GET", "/api/v1/learning/person?writer=nobody");
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toContain('There is no labelled drawing of writer \\"nobody\\"');
  for (const query of ["", "?writer=", `?writer=${"x".repeat(101)}`, "?writer=a%0Ab", "?writer=a&limit=3"]) {
    const response = await send("GET", `/api/v1/learning/person${query}`);
    expect([query, response.status]).toEqual([query, 422]);
  }
});
