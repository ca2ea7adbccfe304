import { Hono } from "hono";
import * as v from "valibot";
import { FIRST, TUNING } from "../../domain/pipeline-names.ts";
import type { FirstModelProgress } from "../../scheduler/first-model.ts";
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
  first_model: v.pipe(
    v.nullable(
      v.object({
        per_class: v.number(),
        total: v.number(),
        labelled: v.number(),
        held_out: v.number(),
        classes: v.array(v.object({ label: v.string(), n: v.number() })),
        is_enough: v.boolean(),
      }),
    ),
    v.description(
      "Labelled drawings that a first model needs, and how many there are; null when there is a model",
    ),
  ),
});

const TriggerBody = strict({
  pipeline: v.optional(
    v.pipe(v.string(), v.description("tuning by default; first when there is no model yet")),
  ),
});

/** `/scheduler`: how many labels the next training needs, and training now. */
export function createSchedulerApi({ scheduler, pipelines }: Pick<AppDeps, "scheduler" | "pipelines">): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "getScheduler",
      tag: "Scheduler",
      summary: "New labels since the last training, and the current run",
      answers: { 200: { description: "The scheduler's state", schema: StatusSchema } },
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
        first_model: firstModelJson(status.firstModel),
      } satisfies v.InferOutput<typeof StatusSchema>);
    },
  );

  api.post(
    "/trigger",
    describe({
      id: "triggerScheduler",
      tag: "Scheduler",
      summary: "Start training without waiting for the threshold",
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
      const { runId } = await scheduler.trigger({ pipeline, params: {}, trigger: "api" });
      return c.json({ run_id: runId }, 202, { location: `/api/v1/runs/${runId}` });
    },
  );

  return api;
}

function firstModelJson(first: FirstModelProgress | null): v.InferOutput<typeof StatusSchema>["first_model"] {
  if (first === null) return null;
  const { perClass, total, n, heldOut, isEnough, classes } = first;
  return {
    per_class: perClass,
    total,
    labelled: n,
    held_out: heldOut,
    classes: classes.map((one) => ({ ...one })),
    is_enough: isEnough,
  };
}
