import { Hono } from "hono";
import * as v from "valibot";
import type { Deployment } from "../../domain/deployment.ts";
import { encodeMetrics } from "../../domain/metrics.ts";
import type { Model } from "../../domain/model.ts";
import { NotFoundError } from "../../lib/errors.ts";
import type { AppDeps } from "../deps.ts";
import { describe } from "./describe.ts";
import { jsonBody, pathParams, strict } from "./validate.ts";

const ModelSchema = v.pipe(
  v.object({
    name: v.string(),
    version: v.number(),
    aliases: v.array(v.string()),
    state: v.picklist(["candidate", "rejected", "ready", "broken"]),
    sha256: v.string(),
    run_id: v.nullable(v.string()),
    parent_version: v.nullable(v.number()),
    metrics: v.record(v.string(), v.unknown()),
    gate: v.nullable(
      v.object({
        passed: v.boolean(),
        checks: v.array(v.object({ name: v.string(), passed: v.boolean(), detail: v.string() })),
      }),
    ),
    created_at: v.string(),
  }),
  v.metadata({ ref: "Model" }),
);

const DeploymentSchema = v.pipe(
  v.object({
    alias: v.string(),
    version: v.number(),
    previous_version: v.nullable(v.number()),
    action: v.picklist(["promote", "rollback", "fallback"]),
    by: v.string(),
    reason: v.string(),
    created_at: v.string(),
  }),
  v.metadata({ ref: "Deployment" }),
);

const Reason = v.pipe(v.string(), v.maxLength(500));
const VersionNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
const PromoteBody = strict({
  reason: v.optional(Reason, "requested through the API"),
  expected_previous: v.optional(
    v.pipe(VersionNumber, v.description("The champion that you saw; 409 when it has changed")),
  ),
  force: v.optional(v.pipe(v.boolean(), v.description("Promote even if the version failed the gate")), false),
});
const RollbackBody = strict({ reason: v.optional(Reason, "requested through the API") });

const VersionParam = v.object({
  version: v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/), v.transform(Number)),
});

/** `/models`: model versions, promotion and roll back. */
export function createModelsApi({ registry }: Pick<AppDeps, "registry">): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "listModels",
      tag: "Models",
      summary: "List model versions, newest first",
      answers: { 200: { description: "All of them", schema: v.object({ models: v.array(ModelSchema) }) } },
    }),
    async (c) => c.json({ models: (await registry.list()).map(modelJson) }),
  );

  api.post(
    "/rollback",
    describe({
      id: "rollBackModel",
      tag: "Models",
      summary: "Roll back to the previous champion",
      answers: { 200: { description: "The deployment", schema: DeploymentSchema } },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    jsonBody(RollbackBody),
    async (c) => {
      const { reason } = c.req.valid("json");
      return c.json(deploymentJson(await registry.rollback({ by: "api", reason })));
    },
  );

  api.get(
    "/:version",
    describe({
      id: "getModel",
      tag: "Models",
      summary: "One model version",
      answers: { 200: { description: "The model", schema: ModelSchema } },
      errors: [404],
    }),
    pathParams(VersionParam),
    async (c) => {
      const { version } = c.req.valid("param");
      const model = await registry.get(version);
      if (model === null) throw new NotFoundError(`There is no model version ${version}.`);
      return c.json(modelJson(model));
    },
  );

  api.post(
    "/:version/promote",
    describe({
      id: "promoteModel",
      tag: "Models",
      summary: "Make a version the champion",
      description: "The version is loaded and checked first; if that fails, the champion stays.",
      answers: { 200: { description: "The deployment", schema: DeploymentSchema } },
      errors: [400, 404, 409, 413, 415, 422, 503, 507],
    }),
    pathParams(VersionParam),
    jsonBody(PromoteBody),
    async (c) => {
      const { reason, expected_previous, force } = c.req.valid("json");
      const deployment = await registry.promote(c.req.valid("param").version, {
        by: "api",
        reason,
        isForced: force,
        ...(expected_previous === undefined ? {} : { expectedPrevious: expected_previous }),
      });
      return c.json(deploymentJson(deployment));
    },
  );

  return api;
}

function modelJson(model: Model & { aliases: string[] }): v.InferOutput<typeof ModelSchema> {
  return {
    name: model.name,
    version: model.version,
    aliases: model.aliases,
    state: model.state,
    sha256: model.sha256,
    run_id: model.runId,
    parent_version: model.parentVersion,
    metrics: encodeMetrics(model.metrics),
    gate: model.gate,
    created_at: model.createdAt,
  };
}

function deploymentJson(deployment: Deployment): v.InferOutput<typeof DeploymentSchema> {
  return {
    alias: deployment.alias,
    version: deployment.version,
    previous_version: deployment.previousVersion,
    action: deployment.action,
    by: deployment.by,
    reason: deployment.reason,
    created_at: deployment.createdAt,
  };
}
