import { Hono } from "hono";
import * as v from "valibot";
import { ANNOTATION_LIMITS } from "../../../domain/runs/run-annotations.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { findRun } from "../../find-run.ts";
import { startAgain } from "../../runs-again.ts";
import { described } from "../conditions.ts";
import { describe } from "../describe.ts";
import { annotationsJson, RunSchema } from "../run-json.ts";
import { paramsError, RunParams, StartedSchema } from "../runs.ts";
import { atMost, jsonBody, pathParams, strict, VISIBLE_LINE } from "../validate.ts";

const { tagLength, tags, noteLength } = ANNOTATION_LIMITS;
const TAG = VISIBLE_LINE.replaceAll("[^", "[^,");
const Tags = v.array(v.pipe(v.string(), atMost(tagLength)));
const NewTags = v.pipe(
  v.array(v.pipe(v.string(), atMost(tagLength), described({ pattern: TAG }))),
  described({ maxItems: tags }),
);

const AnnotateBody = strict({
  note: v.optional(
    v.pipe(
      v.nullable(v.pipe(v.string(), atMost(noteLength))),
      v.description(`At most ${noteLength} characters; null removes it`),
    ),
  ),
  add_tags: v.optional(
    v.pipe(
      NewTags,
      v.description(`Of at most ${tagLength} characters each, without commas; ${tags} for each run`),
    ),
  ),
  remove_tags: v.optional(Tags),
});
const AgainBody = strict({ params: RunParams });
const IdParam = v.object({ id: v.string() });
const AnnotationsSchema = v.pipe(
  v.object({
    run_id: v.string(),
    tags: RunSchema.pipe[0].entries.tags,
    note: RunSchema.pipe[0].entries.note,
  }),
  v.metadata({ ref: "RunAnnotations" }),
);

type Deps = Pick<AppDeps, "store" | "scheduler" | "checkParams" | "pipelines">;

/** `/runs/{id}`: tags and notes, and starting a failed or cancelled run once more. */
export function createRunAnnotationsApi(deps: Deps): Hono {
  const api = new Hono();

  api.patch(
    "/:id",
    describe({
      id: "annotateRun",
      tag: "Runs",
      summary: "Change the note and the tags of a run",
      answers: { 200: { description: "What people have written about the run", schema: AnnotationsSchema } },
      errors: [400, 404, 413, 415, 422],
    }),
    pathParams(IdParam),
    jsonBody(AnnotateBody),
    async (c) => {
      const run = await findRun(deps, c.req.param("id"));
      const { note, add_tags, remove_tags } = c.req.valid("json");
      const change = { note, addTags: add_tags, removeTags: remove_tags };
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const changed = await deps.store.runs.annotate(run.id, given, actorOf(c));
      return c.json({ run_id: run.id, ...annotationsJson(changed) });
    },
  );

  for (const how of ["retry", "resume"] as const) {
    api.post(
      `/:id/${how}`,
      describe({
        id: `${how}Run`,
        tag: "Runs",
        summary:
          how === "retry"
            ? "Start a failed or cancelled run from its beginning"
            : "Continue a failed or cancelled run from the outputs that it saved",
        description:
          "As a new run, with the same part of the pipeline. `params` are all of its parameters; those of the earlier run when omitted. A node that has other parameters runs again, and so do those after it.",
        answers: {
          202: {
            description: "The run was started",
            schema: StartedSchema,
            headers: { Location: "The run" },
          },
        },
        errors: [400, 404, 409, 413, 415, 422, 503, 507],
      }),
      pathParams(IdParam),
      jsonBody(AgainBody),
      async (c) => {
        const run = await findRun(deps, c.req.param("id"));
        const { params } = c.req.valid("json");
        const started = await startAgain(deps, run, {
          ...{ how, trigger: "api", startedBy: actorOf(c) },
          ...(params === undefined ? {} : { given: { values: params } }),
        });
        if ("problems" in started) throw paramsError(started.problems);
        const { runId } = started;
        return c.json({ run_id: runId }, 202, { location: `/api/v1/runs/${runId}` });
      },
    );
  }

  return api;
}
