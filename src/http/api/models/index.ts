import { Hono } from "hono";
import * as v from "valibot";
import { NotFoundError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { atMost, jsonBody, oneLine, PageLimit, pathParams, query, strict } from "../validate.ts";
import { createAliasesApi } from "./aliases.ts";
import { createDeploymentsApi } from "./deployments.ts";
import { createDiffApi } from "./diff.ts";
import { createModelFilesApi } from "./files.ts";
import {
  DeploymentSchema,
  deploymentJson,
  ModelSchema,
  modelJson,
  NumberCursor,
  pageOf,
  VersionParam,
} from "./model-json.ts";

const DEFAULT_LIMIT = 50;

const Reason = v.pipe(v.string(), atMost(500), oneLine);
const VersionNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
const PromoteBody = strict({
  reason: v.optional(Reason, "requested through the API"),
  expected_previous: v.optional(
    v.pipe(VersionNumber, v.description("The champion that you saw; 409 when it has changed")),
  ),
  force: v.optional(v.pipe(v.boolean(), v.description("Promote even if the version failed the gate")), false),
});
const RollbackBody = strict({
  reason: v.optional(Reason, "requested through the API"),
  expected_version: v.optional(
    v.pipe(VersionNumber, v.description("The version that should answer afterwards; 409 for another one")),
  ),
});
const ListQuery = strict({ cursor: v.optional(NumberCursor), limit: v.optional(PageLimit) });

type ModelsDeps = Pick<AppDeps, "registry" | "modelFiles">;

/** `/models`: model versions, promotion and roll back, and everything that belongs to a version. */
export function createModelsApi({ registry, modelFiles }: ModelsDeps): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "listModels",
      tag: "Models",
      summary: "List model versions, newest first",
      answers: {
        200: {
          description: "One page of versions",
          schema: v.object({ models: v.array(ModelSchema), next_cursor: v.nullable(v.string()) }),
        },
      },
      errors: [422],
    }),
    query(ListQuery),
    async (c) => {
      const { cursor, limit = DEFAULT_LIMIT } = c.req.valid("query");
      const models = await registry.page({
        limit: limit + 1,
        ...(cursor === undefined ? {} : { before: cursor }),
      });
      const { page, next_cursor } = pageOf(models, limit, ({ version }) => version);
      return c.json({ models: page.map(modelJson), next_cursor });
    },
  );

  api.post(
    "/rollback",
    describe({
      id: "rollBackModel",
      tag: "Models",
      summary: "Roll back to the previous champion",
      description:
        "Deployments form a stack: a promotion puts its version on top, and rolling back removes what is above the restored version. Versions that are broken or whose files were removed are skipped.",
      answers: { 200: { description: "The deployment", schema: DeploymentSchema } },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    jsonBody(RollbackBody),
    async (c) => {
      const { reason, expected_version } = c.req.valid("json");
      const deployment = await registry.rollback({
        by: "api",
        actor: actorOf(c),
        reason,
        ...(expected_version === undefined ? {} : { expectedVersion: expected_version }),
      });
      return c.json(deploymentJson(deployment));
    },
  );

  api.route("/", createDeploymentsApi({ registry }));
  api.route("/", createAliasesApi({ registry }));
  api.route("/", createModelFilesApi({ registry, modelFiles }));
  api.route("/", createDiffApi({ modelFiles }));

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
      if (model === null) {
        throw new NotFoundError(`There is no model version ${version}`, {
          says: saying("noVersion", { version }),
        });
      }
      return c.json(modelJson(model));
    },
  );

  api.post(
    "/:version/promote",
    describe({
      id: "promoteModel",
      tag: "Models",
      summary: "Make a version the champion",
      description:
        "The version is loaded and checked first; if that fails, the champion stays. Of two requests at the same time, one succeeds and the other is 409. A promotion with `force` of a version that has not passed the gate is marked as forced in the log and on the version.",
      answers: { 200: { description: "The deployment", schema: DeploymentSchema } },
      errors: [400, 404, 409, 413, 415, 422, 503, 507],
    }),
    pathParams(VersionParam),
    jsonBody(PromoteBody),
    async (c) => {
      const { reason, expected_previous, force } = c.req.valid("json");
      const deployment = await registry.promote(c.req.valid("param").version, {
        by: "api",
        actor: actorOf(c),
        reason,
        isForced: force,
        ...(expected_previous === undefined ? {} : { expectedPrevious: expected_previous }),
      });
      return c.json(deploymentJson(deployment));
    },
  );

  return api;
}
