import { Hono } from "hono";
import * as v from "valibot";
import { GRID_PAGE } from "../../../domain/samples/grid/grid-store.ts";
import { actorOf } from "../../access/identity.ts";
import { labellerNamed } from "../../access/own-name.ts";
import type { AppDeps } from "../../deps.ts";
import { ClassName } from "../conditions.ts";
import { describe } from "../describe.ts";
import { requireClass } from "../label.ts";
import { Labeller } from "../queue/labeller.ts";
import { jsonBody, query, strict } from "../validate.ts";
import { PageLimitOfGrid } from "./grid-limit.ts";
import {
  LeasesBody,
  PoolDecideBody,
  PoolResultSchema,
  poolDecisionsOf,
  poolResultJson,
} from "./pool-grid-json.ts";

const PageQuery = strict({
  label: v.pipe(ClassName, v.description("One of the classes")),
  labeller: Labeller,
  limit: v.optional(PageLimitOfGrid),
});

const PageSchema = v.object({
  label: v.string(),
  model_version: v.pipe(
    v.nullable(v.number()),
    v.description("Null when there is no model: no drawings then"),
  ),
  drawings: v.array(
    v.object({ id: v.string(), confidence: v.pipe(v.number(), v.description("Probability of the class")) }),
  ),
  leased: v.pipe(v.number(), v.description("Drawings of the class that other labellers have now")),
  left: v.pipe(v.number(), v.description("Drawings of the class that this labeller has left or skipped")),
});

const CountsSchema = v.object({
  model_version: v.nullable(v.number()),
  classes: v.array(v.object({ label: v.string(), n: v.number() })),
  none: v.pipe(v.number(), v.description("They look like none of the classes, and are not in the grid")),
});

/** `/queue/grid`: many drawings without a label at once, by what the live model predicts. */
export function createPoolGridApi({
  store,
  classes,
  scoring,
  labelling,
  scheduler,
}: Pick<AppDeps, "store" | "classes" | "scoring" | "labelling" | "scheduler">): Hono {
  const { queueGrid } = store;
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "getQueueGrid",
      tag: "Label queue",
      summary: "Get the drawings without a label that the live model predicts as a class",
      description: `The most confident first; those that look like none of the classes are left out. Each belongs to the labeller for \`labelling.lease_seconds\`, and nobody else gets it. Up to ${GRID_PAGE}, which is the default.`,
      answers: { 200: { description: "Drawings that belong to the labeller now", schema: PageSchema } },
      errors: [422, 503, 507],
    }),
    query(PageQuery),
    async (c) => {
      const { label, labeller, limit = GRID_PAGE } = c.req.valid("query");
      requireClass(classes, label);
      const { live } = scoring.versions();
      if (live === null) return c.json({ label, model_version: null, drawings: [], leased: 0, left: 0 });
      const { leaseMs } = labelling();
      const { items, leased, left } = await queueGrid.lease({
        ...{ label, labeller: labellerNamed(c, labeller), live, limit, leaseMs },
      });
      const drawings = items.map(({ id, p }) => ({ id, confidence: p }));
      return c.json({ label, model_version: live, drawings, leased, left });
    },
  );

  api.get(
    "/counts",
    describe({
      id: "countQueueGrid",
      tag: "Label queue",
      summary: "Count the drawings without a label by what the live model predicts",
      answers: { 200: { description: "Classes with drawings", schema: CountsSchema } },
    }),
    async (c) => {
      const { live } = scoring.versions();
      const counts = live === null ? { classes: [], none: 0 } : await queueGrid.counts(live);
      return c.json({ model_version: live, ...counts });
    },
  );

  api.post(
    "/",
    describe({
      id: "decideQueueGrid",
      tag: "Label queue",
      summary: "Label a page of drawings in one action",
      description: `Up to ${GRID_PAGE} drawings, each once, in one transaction; each is also a decision of the labeller. A drawing that someone else has, or has answered, is named, and the rest is done. POST /samples/actions/{action}/undo puts them all back.`,
      answers: { 200: { description: "The action, and what it did not change", schema: PoolResultSchema } },
      errors: [400, 413, 415, 422, 503, 507],
    }),
    jsonBody(PoolDecideBody),
    async (c) => {
      const body = c.req.valid("json");
      const by = { labeller: labellerNamed(c, body.labeller), actor: actorOf(c) };
      const result = await queueGrid.decide(poolDecisionsOf(classes, body), by);
      if (result.changed > 0) scheduler.notifyNewSample();
      return c.json(poolResultJson(result));
    },
  );

  api.post(
    "/renew",
    describe({
      id: "renewQueueGrid",
      tag: "Label queue",
      summary: "Keep drawings of the grid for longer",
      description: "For `labelling.lease_seconds` from now, unless someone else has them.",
      answers: { 204: { description: "Renewed" } },
      errors: [400, 413, 415, 422, 503, 507],
    }),
    jsonBody(LeasesBody),
    async (c) => {
      const { labeller, drawings } = c.req.valid("json");
      await queueGrid.renew(labellerNamed(c, labeller), drawings, labelling().leaseMs);
      return c.body(null, 204);
    },
  );

  api.post(
    "/release",
    describe({
      id: "releaseQueueGrid",
      tag: "Label queue",
      summary: "Give drawings of the grid back",
      description: "Others get them at once.",
      answers: { 204: { description: "Released" } },
      errors: [400, 413, 415, 422, 503, 507],
    }),
    jsonBody(LeasesBody),
    async (c) => {
      const { labeller, drawings } = c.req.valid("json");
      await queueGrid.release(labellerNamed(c, labeller), drawings);
      return c.body(null, 204);
    },
  );

  return api;
}
