/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { ParameterNote } from "../../../../views/fragments/runs/parameter-fields.tsx";
import { RunForm, type RunFormProps } from "../../../../views/fragments/runs/run-form.tsx";
import { TUNING } from "../../../domain/pipeline-names.ts";
import { settableParameters } from "../../../graph/settable-parameters.ts";
import type { AppDeps } from "../../deps.ts";
import { readerText } from "../reader.ts";
import { paramErrors, typedParams } from "./param-fields.ts";

/** The form that starts a run, without the reader's language. */
export type Form = Omit<RunFormProps, "text">;

type FormDeps = Pick<AppDeps, "graph" | "pipelines" | "checkParams">;

/**
 * `/runs/form` and `/runs/check`: the form for another pipeline, and what is said of a value while it is typed.
 */
export function createRunFormRoutes(deps: FormDeps): Hono {
  const routes = new Hono();

  routes.get("/form", async (c) => {
    const form = await emptyForm(c, deps, c.req.query("pipeline"));
    return c.html(<RunForm text={readerText(c)} {...form} />);
  });

  routes.get("/check", async (c) => {
    const query = c.req.query();
    const { pipeline = "", id = "run" } = query;
    const [name, value] = Object.entries(typedParams(query))[0] ?? [nameOf(query), null];
    const parameter = settableParameters(deps.graph(), pipeline).find((one) => one.name === name);
    if (parameter === undefined) return c.body(null, 204);
    const { problems } =
      value === null ? { problems: [] } : await deps.checkParams({ fields: { [name]: value } }, { pipeline });
    const errors = paramErrors(readerText(c), problems, new Set([name]));
    const note = { text: readerText(c), id: /^[\w-]{1,20}$/.test(id) ? id : "run", error: errors[name] };
    return c.html(<ParameterNote {...note} {...parameter} />);
  });

  return routes;
}

/** The name of the only field, also of an empty one. */
function nameOf(query: Record<string, string>): string {
  const key = Object.keys(query).find((one) => one.startsWith("param.")) ?? "";
  return key.slice("param.".length);
}

/** The form before anything is typed, for a pipeline; for the one that trains on labels by default. */
export async function emptyForm(c: Context, deps: FormDeps, asked?: string): Promise<Form> {
  const usual = deps.pipelines.includes(TUNING) ? TUNING : (deps.pipelines[0] ?? "");
  const pipeline = asked !== undefined && deps.pipelines.includes(asked) ? asked : usual;
  // Of an empty form, the only problem is that the pipeline cannot be run on its own.
  const { problems } = await deps.checkParams({ fields: {} }, { pipeline });
  const refusal = paramErrors(readerText(c), problems, new Set()).form ?? null;
  return { ...formOf(deps, pipeline), refusal };
}

function formOf(deps: FormDeps, pipeline: string): Form {
  const parameters = settableParameters(deps.graph(), pipeline);
  return {
    pipelines: deps.pipelines,
    pipeline,
    parameters,
    refusal: null,
    values: {},
    errors: {},
    isOpen: false,
  };
}

/** The submitted form, and the parameters in groups, to start the run with if there are no errors. */
export async function readForm(
  c: Context,
  deps: FormDeps,
  body: Readonly<Partial<Record<string, string>>>,
): Promise<Form & { params: Record<string, unknown> }> {
  const pipeline = body.pipeline ?? "";
  const form = formOf(deps, pipeline);
  const values = typedParams(body);
  const text = readerText(c);
  if (!deps.pipelines.includes(pipeline)) {
    const errors = { pipeline: text.t("runs.error.pipeline") };
    return { ...form, values, errors, params: {} };
  }
  const { params, problems } = await deps.checkParams({ fields: values }, { pipeline });
  const errors = paramErrors(text, problems, new Set(form.parameters.map(({ name }) => name)));
  return { ...form, values, errors, isOpen: Object.keys(errors).length > 0, params };
}
