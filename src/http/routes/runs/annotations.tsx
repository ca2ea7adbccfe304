/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import type { RunAgainProps } from "../../../../views/fragments/runs/run-again.tsx";
import { RunNotes } from "../../../../views/fragments/runs/run-notes.tsx";
import { RecentKeys } from "../../../domain/limits/recent-keys.ts";
import type { Run } from "../../../domain/runs/run.ts";
import type { AnnotationChange } from "../../../domain/runs/run-annotations.ts";
import { leaves } from "../../../domain/runs/run-inputs.ts";
import { settableParameters } from "../../../graph/settable-parameters.ts";
import { ConflictError, InputError, UsageError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { findRun } from "../../find-run.ts";
import { formFields } from "../../middleware/form.ts";
import { canStartAgain, startAgain } from "../../runs-again.ts";
import { errorWords } from "../failures.ts";
import { isHtmx, readerText } from "../reader.ts";
import { seeOther } from "../see-other.ts";
import { paramErrors, typedParams } from "./param-fields.ts";

/** A form that starts a run once more, as it was typed, with the reasons for which it was refused. */
export type TypedAgain = Pick<RunAgainProps, "values" | "errors">;

/** Forms that were refused, by the token in the address of the page that shows them. */
export type RefusedForms = RecentKeys<{ runId: string; again: TypedAgain }>;

/** Creates the memory of refused forms. */
export function createRefusedForms(clock: AppDeps["clock"]): RefusedForms {
  return new RecentKeys(clock, { max: 100, keepMs: 10 * 60 * 1000 });
}

/**
 * `/runs/{id}/note`, `/tags`, `/retry` and `/resume`: what people write about a run, and starting it once more.
 * @param forms keeps a form that was refused, for the run's page, to which the browser is led: that page can be loaded
 *   again, and the address of the form cannot.
 */
export function createRunAnnotationRoutes(deps: AppDeps, forms: RefusedForms): Hono {
  const routes = new Hono();

  routes.post("/:id/note", async (c) => {
    const { note = "" } = await formFields(c);
    return annotate(c, deps, { note });
  });

  routes.post("/:id/tags", async (c) => {
    const { add = "", remove } = await formFields(c);
    // The form has both: the button of a tag removes it, whatever is typed.
    const change =
      remove === undefined ? { addTags: add.trim() === "" ? [] : [add] } : { removeTags: [remove] };
    return annotate(c, deps, change);
  });

  const refused = (c: Context, run: Run, again: TypedAgain) => {
    const token = Bun.randomUUIDv7();
    forms.add(token, { runId: run.id, again });
    return seeOther(c, `/runs/${encodeURIComponent(run.id)}?refused=${token}`);
  };

  for (const how of ["retry", "resume"] as const) {
    routes.post(`/:id/${how}`, async (c) => {
      const run = await findRun(deps, c.req.param("id"));
      const values = typedParams(await formFields(c));
      const text = readerText(c);
      try {
        const by = { trigger: "page", startedBy: actorOf(c) } as const;
        const started = await startAgain(deps, run, { how, given: { fields: values }, ...by });
        if ("runId" in started) return seeOther(c, `/runs/${encodeURIComponent(started.runId)}`);
        const names = settableParameters(deps.graph(), run.pipeline).map(({ name }) => name);
        const errors = paramErrors(text, started.problems, new Set(names));
        return refused(c, run, { values, errors });
      } catch (error) {
        if (!(error instanceof ConflictError || error instanceof UsageError)) throw error;
        return refused(c, run, { values, errors: { form: errorWords(text, error) } });
      }
    });
  }

  return routes;
}

/** The form that starts a run once more, with its own parameters; null when it cannot be. */
export async function againProps(
  deps: Pick<AppDeps, "store" | "pipelines" | "graph">,
  run: Run,
  typed?: TypedAgain,
): Promise<Omit<RunAgainProps, "text"> | null> {
  const { retry, resume } = await canStartAgain(deps, run);
  if (!retry) return null;
  return {
    ...{ runId: run.id, pipeline: run.pipeline, canResume: resume },
    parameters: settableParameters(deps.graph(), run.pipeline),
    values: typed?.values ?? valuesOf(run),
    errors: typed?.errors ?? {},
  };
}

/** The parameters of a run as they are typed. */
function valuesOf({ params }: Run): Record<string, string> {
  const texts = leaves(params).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(texts) as Record<string, string>;
}

async function annotate(c: Context, deps: AppDeps, change: AnnotationChange): Promise<Response> {
  const run = await findRun(deps, c.req.param("id") ?? "");
  const text = readerText(c);
  let problem: string | null = null;
  try {
    await deps.store.runs.annotate(run.id, change, actorOf(c));
  } catch (error) {
    if (!(error instanceof InputError) || !isHtmx(c)) throw error;
    problem = errorWords(text, error);
  }
  if (!isHtmx(c)) return seeOther(c, `/runs/${encodeURIComponent(run.id)}`);
  const [annotations] = await deps.store.runs.annotations([run.id]);
  const notes = <RunNotes text={text} annotations={annotations!} problem={problem} />;
  return c.html(notes, problem === null ? 200 : 422);
}
