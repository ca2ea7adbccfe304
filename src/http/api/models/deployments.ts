import { Hono } from "hono";
import * as v from "valibot";
import { parsePeriod } from "../../../lib/period.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { PageLimit, pathParams, query, strict } from "../validate.ts";
import {
  changeJson,
  DeploymentPeriodSchema,
  ModelChangeSchema,
  NumberCursor,
  pageOf,
  periodJson,
  VersionParam,
} from "./model-json.ts";

const DEFAULT_LIMIT = 50;

const On = v.pipe(
  v.string(),
  v.metadata({ anyOf: [{ format: "date" }, { format: "date-time" }] }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const period = parsePeriod(dataset.value, "UTC");
    if (period !== null) return period;
    addIssue({ message: "expected a day (2026-11-28, UTC) or a time (2026-11-28T14:00:00Z)" });
    return NEVER;
  }),
);

const LogQuery = strict({
  cursor: v.optional(NumberCursor),
  limit: v.optional(PageLimit),
  on: v.optional(
    v.pipe(On, v.description("Only deployments in force at that time, or at some time of that day (UTC)")),
  ),
});
const ChangesQuery = strict({ cursor: v.optional(NumberCursor), limit: v.optional(PageLimit) });

/** `/models/deployments`: which version answered when; `/models/{version}/changes`: what was changed about a version. */
export function createDeploymentsApi({ registry }: Pick<AppDeps, "registry">): Hono {
  const api = new Hono();

  api.get(
    "/deployments",
    describe({
      id: "listDeployments",
      tag: "Models",
      summary: "The deployment log: which version answered when, newest first",
      description:
        "Each entry says who moved the alias `champion`, in which way and why, whether that was forced, the gate's verdict at that moment, and until when the version answered. With `on`, the log answers what was live on a day or at a time.",
      answers: {
        200: {
          description: "One page of the log",
          schema: v.object({
            deployments: v.array(DeploymentPeriodSchema),
            next_cursor: v.nullable(v.string()),
          }),
        },
      },
      errors: [422],
    }),
    query(LogQuery),
    async (c) => {
      const { cursor, limit = DEFAULT_LIMIT, on } = c.req.valid("query");
      const log = await registry.deploymentLog({
        limit: limit + 1,
        ...(cursor === undefined ? {} : { before: cursor }),
        ...(on === undefined ? {} : { during: on }),
      });
      const { page, next_cursor } = pageOf(log, limit, ({ id }) => id);
      return c.json({ deployments: page.map(periodJson), next_cursor });
    },
  );

  api.get(
    "/:version/changes",
    describe({
      id: "listModelChanges",
      tag: "Models",
      summary: "What was changed about a version, newest first",
      description:
        "Aliases, tags, notes, import and removal, each with its actor. Promotions are in the deployment log.",
      answers: {
        200: {
          description: "One page of changes",
          schema: v.object({ changes: v.array(ModelChangeSchema), next_cursor: v.nullable(v.string()) }),
        },
      },
      errors: [404, 422],
    }),
    pathParams(VersionParam),
    query(ChangesQuery),
    async (c) => {
      const { cursor, limit = DEFAULT_LIMIT } = c.req.valid("query");
      const changes = await registry.changes({
        version: c.req.valid("param").version,
        limit: limit + 1,
        ...(cursor === undefined ? {} : { before: cursor }),
      });
      const { page, next_cursor } = pageOf(changes, limit, ({ id }) => id);
      return c.json({ changes: page.map(changeJson), next_cursor });
    },
  );

  return api;
}
