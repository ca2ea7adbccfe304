import { expect, test } from "bun:test";
import * as v from "valibot";
import {
  AccuracySchema,
  DriftSchema,
  OverviewSchema,
  PredictionsSchema,
} from "../../../../src/http/api/monitoring/schemas.ts";
import { newSample } from "../../../storage/helpers.ts";
import { createTestApp, STROKES } from "../../../support/test-app.ts";

test("GET /api/v1/monitoring reports predictions after the next flush, and labels at once", async () => {
  const { send, deps, store, predictor } = await createTestApp();
  await send("POST", "/api/v1/predict", STROKES);
  predictor.isOutlier = true;
  await send("POST", "/api/v1/predict", STROKES);
  await store.samples.insert(newSample({ label: "7", predicted: "7", modelVersion: 1 }));
  await deps.monitor.flush();
  const response = await send("GET", "/api/v1/monitoring");
  expect(response.status).toBe(200);
  const body = v.parse(OverviewSchema, await response.json());
  expect(body).toMatchObject({
    window: "24h",
    from: "2026-01-01T04:00:00.000Z",
    to: "2026-01-02T03:04:05.000Z",
  });
  expect(body.predictions).toMatchObject({
    n: 2,
    undecided: { n: 2, share: 0.5 },
    classes: [{ label: "7", n: 2 }],
  });
  expect(body.predictions.histograms.ink!.counts.reduce((a, b) => a + b)).toBe(2);
  expect(body.predictions.histograms.ink!.counts).toHaveLength(
    body.predictions.histograms.ink!.edges.length + 1,
  );
  expect(body.accuracy.measured).toMatchObject({ n: 1, share: 1 });
  expect(body.accuracy.expected).toBeCloseTo(0.91, 9);
  expect(body.accuracy.classes).toMatchObject([{ label: "7", n: 1, share: 1 }]);
  expect(body.points).toHaveLength(24);
  expect(body.drift).toEqual({
    detected: false,
    measures: [],
    since: null,
    alarm_id: null,
    thresholds: { psi: 0.25, js: 0.04, min_predictions: 500, min_seconds: 3_600 },
    unchecked: 2,
    reference: null,
    checks: [],
  });
});

test("GET /api/v1/monitoring/predictions, /accuracy and /drift are parts of it", async () => {
  const { send } = await createTestApp();
  const whole = v.parse(OverviewSchema, await (await send("GET", "/api/v1/monitoring?window=7d")).json());
  const part = async (name: string, schema: v.GenericSchema) =>
    v.parse(schema, await (await send("GET", `/api/v1/monitoring/${name}`)).json());
  expect(await part("predictions?window=7d", PredictionsSchema)).toEqual(whole.predictions);
  expect(await part("accuracy?window=7d", AccuracySchema)).toEqual(whole.accuracy);
  expect(await part("drift", DriftSchema)).toEqual(whole.drift);
  expect(whole.accuracy.measured).toEqual({ n: 0, share: null, low: null, high: null });
});

test("GET /api/v1/monitoring is 422 with the known windows for another one", async () => {
  const { send } = await createTestApp();
  const response = await send("GET", "/api/v1/monitoring?window=2h");
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("expected one of 24h, 7d, 30d, all");
  expect((await send("GET", "/api/v1/monitoring?windw=24h")).status).toBe(422);
});

test("GET /readyz is not counted as a prediction", async () => {
  const { send, deps } = await createTestApp();
  expect((await send("GET", "/readyz")).status).toBe(200);
  await deps.monitor.flush();
  expect((await deps.monitor.overview("24h")).counts.n).toBe(0);
});
