import { Hono } from "hono";
import * as v from "valibot";
import type { AppDeps } from "../deps.ts";
import { requireJson } from "../middleware/body.ts";
import { createAuditApi } from "./access/audit.ts";
import { createMeApi } from "./access/me.ts";
import { describe } from "./describe.ts";
import { createExplainApi } from "./explain.ts";
import { createGridApi } from "./grid/grid.ts";
import { createPoolGridApi } from "./grid/pool-grid.ts";
import { createHealthApi } from "./health.ts";
import { createInferenceApi } from "./inference/inference.ts";
import { createLearningApi } from "./learning/learning.ts";
import { createForgetApi } from "./lineage/forget.ts";
import { createRunDataApi } from "./lineage/run-data.ts";
import { createSampleLineageApi } from "./lineage/sample-lineage.ts";
import { createModelsApi } from "./models/index.ts";
import { createMetricsApi } from "./monitoring/metrics.ts";
import { createMonitoringApi } from "./monitoring/monitoring.ts";
import { openApiDocument } from "./openapi.ts";
import { createPredictApi } from "./predict.ts";
import { createAgreementApi } from "./queue/agreement.ts";
import { createQuestionsApi } from "./queue/questions.ts";
import { createQueueApi } from "./queue/queue.ts";
import { createReviewsApi } from "./reviews.ts";
import { createRunExamplesApi } from "./run-examples.ts";
import { createRunAnnotationsApi } from "./runs/annotations.ts";
import { createCompareApi } from "./runs/compare.ts";
import { createRunsApi } from "./runs.ts";
import { createSamplesApi } from "./samples.ts";
import { createSchedulerApi } from "./scheduler/scheduler.ts";
import { createSettingsApi } from "./settings/settings.ts";
import { createSampleFilesApi } from "./sheet/files.ts";
import { createSheetApi } from "./sheet/sheet.ts";
import { createNoticesApi } from "./trials/notices.ts";
import { createReplayApi } from "./trials/replay.ts";
import { createModelTrialApi, createTrialsApi } from "./trials/trials.ts";
import { createWebhooksApi } from "./webhooks.ts";

/** Matches the paths whose requests may have a drawing, or a selection of drawings, and so longer bodies. */
export const DRAWING_PATH =
  /^\/(?:api\/v1\/(?:predict|explain|queue\/drawings|samples(?:\/(?:bulk|export))?)|samples\/(?:bulk|export|actions\/\d+\/undo)|v2\/models\/[^/]+\/(?:versions\/[^/]+\/)?infer)$/;

/** The paths whose requests may have a model, and so much longer bodies, which are not JSON. */
export const MODEL_PATHS: ReadonlySet<string> = new Set(["/api/v1/models/import", "/models/import"]);

/** The paths whose requests may have a file of drawings, which is written to disk as it arrives. */
export const IMPORT_PATHS: ReadonlySet<string> = new Set(["/api/v1/samples/imports", "/samples/imports"]);

/** Creates all routes for programs: the health checks at the root, and REST under `/api/v1`. */
export function createApi(deps: AppDeps): Hono {
  const api = new Hono();
  for (const paths of ["/api/*", "/v2/*"])
    api.use(paths, requireJson(new Set([...MODEL_PATHS, ...IMPORT_PATHS])));
  api.route("/", createHealthApi(deps));
  api.route("/api/v1/predict", createPredictApi(deps));
  api.route("/api/v1/explain", createExplainApi(deps));
  api.route("/api/v1/samples/grid", createGridApi(deps));
  api.route("/api/v1/samples", createSheetApi(deps));
  api.route("/api/v1/samples", createSampleFilesApi(deps));
  api.route("/api/v1/samples", createSamplesApi(deps));
  api.route("/api/v1/samples", createSampleLineageApi(deps));
  api.route("/api/v1/samples", createForgetApi(deps));
  api.route("/api/v1/reviews", createReviewsApi(deps));
  api.route("/api/v1/queue/grid", createPoolGridApi(deps));
  api.route("/api/v1/queue", createQueueApi(deps));
  api.route("/api/v1/queue", createQuestionsApi(deps));
  api.route("/api/v1/queue", createAgreementApi(deps));
  api.route("/api/v1/runs", createCompareApi(deps));
  api.route("/api/v1/runs", createRunsApi(deps));
  api.route("/api/v1/runs", createRunAnnotationsApi(deps));
  api.route("/api/v1/runs", createRunExamplesApi(deps));
  api.route("/api/v1/runs", createRunDataApi(deps));
  api.route("/api/v1/models", createModelsApi(deps));
  api.route("/api/v1/models", createModelTrialApi(deps));
  api.route("/api/v1/models", createReplayApi(deps));
  api.route("/api/v1/trials", createTrialsApi(deps));
  api.route("/api/v1/notices", createNoticesApi(deps));
  api.route("/api/v1/scheduler", createSchedulerApi(deps));
  api.route("/api/v1/settings", createSettingsApi(deps));
  api.route("/api/v1/webhooks", createWebhooksApi(deps));
  api.route("/api/v1/monitoring", createMonitoringApi(deps));
  api.route("/api/v1/learning", createLearningApi(deps));
  api.route("/api/v1/audit", createAuditApi(deps));
  api.route("/api/v1/me", createMeApi());
  api.route("/metrics", createMetricsApi(deps));
  api.route("/v2", createInferenceApi(deps));
  addOpenApi(api, deps);
  return api;
}

function addOpenApi(api: Hono, deps: Parameters<typeof openApiDocument>[1]): void {
  let document: ReturnType<typeof openApiDocument> | undefined;
  api.get(
    "/api/v1/openapi.json",
    describe({
      id: "getOpenApi",
      tag: "Health",
      summary: "This document",
      answers: { 200: { description: "OpenAPI 3.1", schema: v.looseObject({ openapi: v.string() }) } },
    }),
    async (c) => {
      document ??= openApiDocument(api, deps);
      return c.json(await document);
    },
  );
}
