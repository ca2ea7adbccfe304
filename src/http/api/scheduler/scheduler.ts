import { Hono } from "hono";
import * as v from "valibot";
import { FIRST, TUNING } from "../../../domain/pipeline-names.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { PipelineName } from "../conditions.ts";
import { describe } from "../describe.ts";
import { paramsError, requirePipeline, StartedSchema } from "../runs.ts";
import { jsonBody, PageLimit, query, strict } from "../validate.ts";
import { addRequestRoutes, Reason } from "./requests.ts";
import {
  DryRunSchema,
  dryRunJson,
  StatusSchema,
  statusJson,
  TickSchema,
  tickJson,
} from "./scheduler-json.ts";

const TriggerBody = strict({
  pipeline: v.optional(
    v.pipe(PipelineName, v.description("tuning by default; first when there is no model yet")),
  ),
});

const PauseBody = strict({ reason: v.optional(Reason) });

const DryRunQuery = strict({
  at: v.pipe(
    v.string(),
    v.isoTimestamp("expected a time such as 2026-01-02T03:00:00Z"),
    v.check((at) => Number.isFinite(Date.parse(at)), "expected a time such as 2026-01-02T03:00:00Z"),
    v.description("A time to come (ISO 8601)"),
  ),
});

const TicksQuery = strict({
  cursor: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,14}$/, "expected next_cursor of the previous page"),
      v.transform(Number),
      v.description("`next_cursor` of the previous page"),
    ),
  ),
  limit: v.optional(PageLimit),
});

const TicksPage = v.object({ ticks: v.array(TickSchema), next_cursor: v.nullable(v.string()) });
const DEFAULT_LIMIT = 50;

type Deps = Pick<AppDeps, "scheduler" | "pipelines" | "store" | "checkParams">;

/** `/scheduler`: why there is no training run now, training now, pausing, and what waits for a person. */
export function createSchedulerApi({ scheduler, pipelines, store, checkParams }: Deps): Hono {
  const api = new Hono();
  const status = async () => {
    const [outlook, pending] = await Promise.all([
      scheduler.outlook(),
      store.scheduler.requests({ states: ["pending"] }),
    ]);
    return statusJson(outlook, pending.length);
  };

  api.get(
    "/",
    describe({
      id: "getScheduler",
      tag: "Scheduler",
      summary: "The state of the scheduler: every condition of the next training run",
      answers: { 200: { description: "The scheduler's state", schema: StatusSchema } },
    }),
    async (c) => c.json(await status()),
  );

  api.get(
    "/dry-run",
    describe({
      id: "dryRunScheduler",
      tag: "Scheduler",
      summary: "What the scheduler would do at a given time",
      description:
        "If no label arrives and nothing else changes until then. Nothing is started. 409 when the time has passed.",
      answers: { 200: { description: "The decision, with every condition", schema: DryRunSchema } },
      errors: [409, 422],
    }),
    query(DryRunQuery),
    async (c) => c.json(dryRunJson(await scheduler.outlook(new Date(c.req.valid("query").at)))),
  );

  api.get(
    "/ticks",
    describe({
      id: "listSchedulerTicks",
      tag: "Scheduler",
      summary: "The last decisions, newest first",
      description: "A decision is recorded when it differs from the previous one; the last 1,000 are kept.",
      answers: { 200: { description: "One page of decisions", schema: TicksPage } },
      errors: [422],
    }),
    query(TicksQuery),
    async (c) => {
      const { cursor, limit = DEFAULT_LIMIT } = c.req.valid("query");
      const ticks = await store.scheduler.ticks({ limit: limit + 1, before: cursor });
      const page = ticks.slice(0, limit);
      const next = ticks.length > limit ? String(page.at(-1)!.seq) : null;
      return c.json({ ticks: page.map(tickJson), next_cursor: next } satisfies v.InferOutput<
        typeof TicksPage
      >);
    },
  );

  api.post(
    "/trigger",
    describe({
      id: "triggerScheduler",
      tag: "Scheduler",
      summary: "Start training without waiting for the triggers",
      answers: {
        202: { description: "The run was started", schema: StartedSchema, headers: { Location: "The run" } },
      },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    jsonBody(TriggerBody),
    async (c) => {
      const asked = c.req.valid("json").pipeline;
      const pipeline = asked ?? ((await scheduler.status()).firstModel === null ? TUNING : FIRST);
      requirePipeline(pipelines, pipeline);
      const { problems } = await checkParams({ values: {} }, { pipeline });
      if (problems.length > 0) throw paramsError(problems);
      const startedBy = actorOf(c);
      const { runId } = await scheduler.trigger({ pipeline, params: {}, trigger: "api", startedBy });
      return c.json({ run_id: runId }, 202, { location: `/api/v1/runs/${runId}` });
    },
  );

  for (const act of ["pause", "resume"] as const) {
    api.post(
      `/${act}`,
      describe({
        id: `${act}Scheduler`,
        tag: "Scheduler",
        summary: act === "pause" ? "Let no run start automatically" : "Let runs start automatically again",
        answers: { 200: { description: "The scheduler's state", schema: StatusSchema } },
        errors: [400, 413, 415, 422, 503, 507],
      }),
      jsonBody(PauseBody),
      async (c) => {
        const { reason = null } = c.req.valid("json");
        await scheduler.setPaused({ paused: act === "pause", by: actorOf(c), reason });
        return c.json(await status());
      },
    );
  }

  addRequestRoutes(api, { scheduler, store });
  return api;
}
