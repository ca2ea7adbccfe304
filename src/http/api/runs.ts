import { Hono } from "hono";
import * as v from "valibot";
import { RUN_PARAMS_LIMITS, runParamsProblem } from "../../domain/limits/run-params.ts";
import type { ParamProblem } from "../../domain/runs/run.ts";
import { RUN_SORTS } from "../../domain/runs/run-annotations.ts";
import { saying } from "../../lib/saying.ts";
import { shortened } from "../../lib/shortened.ts";
import { actorOf } from "../access/identity.ts";
import type { AppDeps } from "../deps.ts";
import { findRun } from "../find-run.ts";
import { ValidationError } from "../middleware/problem.ts";
import { PipelineName } from "./conditions.ts";
import { describe } from "./describe.ts";
import { streamRunEvents } from "./run-events.ts";
import {
  RunRecordSchema,
  RunSchema,
  RunStatusSchema,
  runJson,
  runRecordJson,
  SentEventSchema,
} from "./run-json.ts";
import {
  atMost,
  cursorOf,
  ID_FORM,
  jsonBody,
  MAX_ERRORS,
  MAX_MESSAGE,
  named,
  PageLimit,
  pathParams,
  query,
  strict,
} from "./validate.ts";

const PARAMS_DESCRIPTION = `Overrides of parameters.yml; names may be dotted. At most ${RUN_PARAMS_LIMITS.values} values, names of ${RUN_PARAMS_LIMITS.name} characters, ${RUN_PARAMS_LIMITS.depth} levels, and ${RUN_PARAMS_LIMITS.length} characters in the syntax of --params`;

/** The parameters of a run, as clients send them. */
export const RunParams = v.optional(
  v.pipe(
    named(v.string(), v.unknown()),
    v.rawCheck(({ dataset, addIssue }) => {
      const problem = dataset.typed ? runParamsProblem(dataset.value) : null;
      if (problem !== null) addIssue({ message: problem.message });
    }),
    v.description(PARAMS_DESCRIPTION),
  ),
);

const NewRunBody = strict({
  pipeline: v.pipe(PipelineName, v.description("A registered pipeline, such as tuning")),
  params: RunParams,
});

const ListQuery = strict({
  cursor: v.optional(cursorOf(ID_FORM)),
  status: v.optional(RunStatusSchema),
  pipeline: v.optional(v.string()),
  limit: v.optional(PageLimit),
  search: v.optional(
    v.pipe(
      v.string(),
      atMost(200),
      v.description(
        "Words, each a part of the id, the pipeline, a tag, the note or a parameter (name=value)",
      ),
    ),
  ),
  tag: v.optional(v.string()),
  sort: v.optional(
    v.pipe(
      v.picklist(RUN_SORTS),
      v.description(
        "newest (the default), oldest, or the highest first: duration, accuracy on holdout or mnist",
      ),
    ),
  ),
});

const IdParam = v.object({ id: v.string() });
const RunPage = v.object({ runs: v.array(RunSchema), next_cursor: v.nullable(v.string()) });
/** The response to a started or stopped run. */
export const StartedSchema = v.object({ run_id: v.string() });

/** Longer than others: a message may list the parameters that there are. */
const MAX_PARAM_MESSAGE = 500;

type RunDeps = Pick<AppDeps, "store" | "scheduler" | "events" | "pipelines" | "checkParams">;

/** `/runs`: pipeline runs, each a separate process, and their events. */
export function createRunsApi(deps: RunDeps): Hono {
  const { store, scheduler } = deps;
  const api = new Hono();

  api.post(
    "/",
    describe({
      id: "startRun",
      tag: "Runs",
      summary: "Start a pipeline",
      answers: {
        202: { description: "The run was started", schema: StartedSchema, headers: { Location: "The run" } },
      },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    jsonBody(NewRunBody),
    async (c) => {
      const { pipeline, params = {} } = c.req.valid("json");
      requirePipeline(deps.pipelines, pipeline);
      const { runId } = await scheduler.trigger({
        pipeline,
        params: await requireParams(deps.checkParams, pipeline, params),
        trigger: "api",
        startedBy: actorOf(c),
      });
      return c.json({ run_id: runId }, 202, { location: `/api/v1/runs/${runId}` });
    },
  );

  api.get(
    "/",
    describe({
      id: "listRuns",
      tag: "Runs",
      summary: "List, search and sort runs",
      answers: { 200: { description: "One page of runs", schema: RunPage } },
      errors: [400, 404, 422],
    }),
    query(ListQuery),
    async (c) => {
      const page = await store.runs.list(c.req.valid("query"));
      const annotations = await store.runs.annotations(page.runs.map(({ id }) => id));
      return c.json({
        runs: page.runs.map((run, i) => runJson(run, annotations[i]!)),
        next_cursor: page.nextCursor,
      });
    },
  );

  api.get(
    "/:id",
    describe({
      id: "getRun",
      tag: "Runs",
      summary: "One run",
      description: "With its parameters, and the inputs, outputs and duration of each node.",
      answers: { 200: { description: "The run", schema: RunRecordSchema } },
      errors: [404],
    }),
    pathParams(IdParam),
    async (c) => {
      const run = await findRun(deps, c.req.param("id"));
      const [details, nodes, annotations] = await Promise.all([
        store.runs.details(run.id),
        store.runs.nodes(run.id),
        store.runs.annotations([run.id]),
      ]);
      return c.json(runRecordJson(run, details, nodes, annotations[0]!));
    },
  );

  api.get(
    "/:id/events",
    describe({
      id: "followRun",
      tag: "Runs",
      summary: "Follow a run as server-sent events",
      description:
        "Each `data` is a RunEvent as JSON, `id` its seq, `event` its type. Ends after the final event.",
      headers: { "Last-Event-ID": "The last received id: the stream continues after it" },
      answers: {
        200: { description: "The events", schema: SentEventSchema, mediaType: "text/event-stream" },
        204: { description: "The run is over and every event was received; do not reconnect" },
      },
      errors: [404],
    }),
    pathParams(IdParam),
    async (c) => streamRunEvents(c, deps, await findRun(deps, c.req.param("id"))),
  );

  api.post(
    "/:id/cancel",
    describe({
      id: "cancelRun",
      tag: "Runs",
      summary: "Cancel a running run",
      answers: {
        202: {
          description: "The run is being cancelled; its final event is run_cancelled",
          schema: StartedSchema,
        },
      },
      errors: [404, 409],
    }),
    pathParams(IdParam),
    async (c) => {
      const { id } = await findRun(deps, c.req.param("id"));
      await scheduler.cancel(id, actorOf(c));
      return c.json({ run_id: id }, 202);
    },
  );

  return api;
}

/** Returns the parameters in groups. @throws {ValidationError} naming each that the pipeline does not read and each wrong value. */
async function requireParams(
  checkParams: AppDeps["checkParams"],
  pipeline: string,
  values: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { params, problems } = await checkParams({ values }, { pipeline });
  if (problems.length > 0) throw paramsError(problems);
  return params;
}

/** The error of a run that is refused for its parameters, or because its pipeline cannot be run alone. */
export function paramsError(problems: readonly ParamProblem[]): ValidationError {
  const errors = problems.slice(0, MAX_ERRORS).map(({ name, message }) => ({
    path: (name === null ? "pipeline" : `params.${name}`).slice(0, MAX_MESSAGE),
    message: shortened(message, MAX_PARAM_MESSAGE),
  }));
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return new ValidationError(`${errors[0]!.path}: ${errors[0]!.message}${more}`, errors);
}

/** @throws {ValidationError} naming the pipelines. */
export function requirePipeline(pipelines: readonly string[], name: string): void {
  if (pipelines.includes(name)) return;
  const message = `expected one of ${pipelines.join(", ")}, found ${JSON.stringify(name.slice(0, 40))}`;
  const figures = { name: "pipeline", known: pipelines.join(", "), found: name.slice(0, 40) };
  throw new ValidationError(`pipeline: ${message}`, [{ path: "pipeline", message }], {
    says: saying("request.oneOf", figures),
  });
}
