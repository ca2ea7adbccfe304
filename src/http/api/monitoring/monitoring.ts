import { Hono } from "hono";
import * as v from "valibot";
import { WINDOWS } from "../../../domain/monitoring/windows.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { query, strict } from "../validate.ts";
import {
  AccuracySchema,
  accuracyJson,
  DriftSchema,
  driftJson,
  OverviewSchema,
  PredictionsSchema,
  predictionsJson,
} from "./schemas.ts";

const WindowQuery = strict({
  window: v.optional(
    v.pipe(
      v.picklist(WINDOWS, `expected one of ${WINDOWS.join(", ")}`),
      v.description(
        "The current hour and the 23 before it, the current day (UTC) and the 6 or 29 before it, or all time; 24h by default",
      ),
    ),
  ),
});

/** `/monitoring`: what the predictions and labels of a window show. */
export function createMonitoringApi({ monitor }: Pick<AppDeps, "monitor">): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "getMonitoring",
      tag: "Monitoring",
      summary: "Predictions, accuracy and drift of a window",
      answers: { 200: { description: "Everything that is monitored", schema: OverviewSchema } },
      errors: [422, 503],
    }),
    query(WindowQuery),
    async (c) => {
      const overview = await monitor.overview(c.req.valid("query").window ?? "24h");
      const { window, from, to, points } = overview;
      return c.json({
        ...{ window, from, to },
        predictions: predictionsJson(overview),
        accuracy: accuracyJson(overview),
        drift: driftJson(overview),
        points,
      } satisfies v.InferOutput<typeof OverviewSchema>);
    },
  );

  api.get(
    "/predictions",
    describe({
      id: "getMonitoredPredictions",
      tag: "Monitoring",
      summary: "Histograms and shares of the predictions of a window",
      answers: { 200: { description: "The predictions, counted", schema: PredictionsSchema } },
      errors: [422, 503],
    }),
    query(WindowQuery),
    async (c) => c.json(predictionsJson(await monitor.overview(c.req.valid("query").window ?? "24h"))),
  );

  api.get(
    "/accuracy",
    describe({
      id: "getLiveAccuracy",
      tag: "Monitoring",
      summary: "Accuracy on labelled drawings, and as the model expects it",
      answers: { 200: { description: "Accuracy with intervals", schema: AccuracySchema } },
      errors: [422, 503],
    }),
    query(WindowQuery),
    async (c) => c.json(accuracyJson(await monitor.overview(c.req.valid("query").window ?? "24h"))),
  );

  api.get(
    "/drift",
    describe({
      id: "getDrift",
      tag: "Monitoring",
      summary: "Whether the drawings have drifted from what the live model was trained on",
      answers: { 200: { description: "The state, and the last checks", schema: DriftSchema } },
      errors: [503],
    }),
    async (c) => c.json(driftJson(await monitor.overview("24h"))),
  );

  return api;
}
