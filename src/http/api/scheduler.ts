import { Hono } from "hono";
import * as v from "valibot";
import type { AppDeps } from "../deps.ts";
import { describe } from "./describe.ts";
import { requirePipeline, StartedSchema } from "./runs.ts";
import { jsonBody, strict } from "./validate.ts";

const StatusSchema = v.object({
  paused: v.boolean(),
  new_samples: v.number(),
  threshold: v.number(),
  running_run_id: v.nullable(v.string()),
  not_before: v.nullable(v.string()),
  consecutive_failures: v.number(),
});

const TriggerBody = strict({ pipeline: v.optional(v.string(), "tuning") });

/** `/scheduler`: how far it is to the next training, and training now. */
export function createSchedulerApi({ scheduler, pipelines }: Pick<AppDeps, "scheduler" | "pipelines">): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "getScheduler",
      tag: "Scheduler",
      summary: "New labels since the last training, and what goes on",
      answers: { 200: { description: "Its state", schema: StatusSchema } },
    }),
    async (c) => {
      const status = await scheduler.status();
      return c.json({
        paused: status.isPaused,
        new_samples: status.newSamples,
        threshold: status.threshold,
        running_run_id: status.runningRunId,
        not_before: status.notBefore,
        consecutive_failures: status.consecutiveFailures,
      } satisfies v.InferOutput<typeof StatusSchema>);
    },
  );

  api.post(
    "/trigger",
    describe({
      id: "triggerScheduler",
      tag: "Scheduler",
      summary: "Do not wait for the threshold",
      answers: {
        202: { description: "It was started", schema: StartedSchema, headers: { Location: "The run" } },
      },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    jsonBody(TriggerBody),
    async (c) => {
      const { pipeline } = c.req.valid("json");
      requirePipeline(pipelines, pipeline);
      const { runId } = await scheduler.trigger({ pipeline, params: {}, trigger: "api" });
      return c.json({ run_id: runId }, 202, { location: `/api/v1/runs/${runId}` });
    },
  );

  return api;
}
