import { Hono } from "hono";
import * as v from "valibot";
import type { AppDeps } from "../deps.ts";
import { requireJson } from "../middleware/body.ts";
import { describe } from "./describe.ts";
import { createExplainApi } from "./explain.ts";
import { createHealthApi } from "./health.ts";
import { createModelsApi } from "./models.ts";
import { openApiDocument } from "./openapi.ts";
import { createPredictApi } from "./predict.ts";
import { createReviewsApi } from "./reviews.ts";
import { createRunExamplesApi } from "./run-examples.ts";
import { createRunsApi } from "./runs.ts";
import { createSamplesApi } from "./samples.ts";
import { createSchedulerApi } from "./scheduler/scheduler.ts";
import { createWebhooksApi } from "./webhooks.ts";

/** The paths whose requests may have a drawing, and so longer bodies. */
export const DRAWING_PATHS: ReadonlySet<string> = new Set(
  ["predict", "explain", "samples"].map((name) => `/api/v1/${name}`),
);

/** Creates all routes for programs: the health checks at the root, and REST under `/api/v1`. */
export function createApi(deps: AppDeps): Hono {
  const api = new Hono();
  api.use("/api/*", requireJson());
  api.use("/api/*", async (c, next) => {
    c.header("cache-control", "no-store");
    await next();
  });
  api.route("/", createHealthApi(deps));
  api.route("/api/v1/predict", createPredictApi(deps));
  api.route("/api/v1/explain", createExplainApi(deps));
  api.route("/api/v1/samples", createSamplesApi(deps));
  api.route("/api/v1/reviews", createReviewsApi(deps));
  api.route("/api/v1/runs", createRunsApi(deps));
  api.route("/api/v1/runs", createRunExamplesApi(deps));
  api.route("/api/v1/models", createModelsApi(deps));
  api.route("/api/v1/scheduler", createSchedulerApi(deps));
  api.route("/api/v1/webhooks", createWebhooksApi(deps));
  addOpenApi(api, deps);
  return api;
}

function addOpenApi(api: Hono, { version, limits }: Pick<AppDeps, "version" | "limits">): void {
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
      document ??= openApiDocument(api, version, limits);
      return c.json(await document);
    },
  );
}
