import type { StartProps } from "../../../views/graph/view-props.ts";
import type { Text } from "../../../views/i18n/text.ts";
import type { RunSlice } from "../../domain/runs/run-slice.ts";
import { type GraphQuery, parseQuery } from "../../graph/query.ts";
import { settableParameters } from "../../graph/settable-parameters.ts";
import { parseSlice } from "../../graph/slices.ts";
import type { AppDeps } from "../deps.ts";
import { paramErrors, typedParams } from "./runs/param-fields.ts";

/** The submitted form for starting a run, with its errors. */
export interface StartForm extends StartProps {
  /** The view of the graph on which it was submitted, which is shown again. */
  query: GraphQuery;
  /** The part of the pipeline to run; empty for all of it. */
  part: RunSlice;
  /** By name, as `--params` would set them. */
  params: Record<string, unknown>;
  /** Messages in the reader's language, by field. */
  errors: Record<string, string>;
}

type FormDeps = Pick<AppDeps, "graph" | "pipelines" | "checkParams">;

/** Reads the form field by field. An empty field keeps the configured value. @throws ConflictError as `checkParams`. */
export async function readStartForm(
  text: Text,
  { graph, pipelines, checkParams }: FormDeps,
  body: Readonly<Partial<Record<string, string>>>,
): Promise<StartForm> {
  const pipeline = body.pipeline ?? "";
  const picture = parseQuery(new URLSearchParams(body.picture ?? ""), pipelines);
  const slice = body.slice ?? "";
  const errors: Record<string, string> = {};
  if (!pipelines.includes(pipeline)) errors.form = text.t("runs.error.pipeline");
  const part = errors.form === undefined ? parseSlice(slice, graph(), pipeline) : {};
  if (part === null) errors.form = text.t("graph.error.slice", { pipeline });
  const known = settableParameters(graph(), pipeline);
  const values = typedParams(body);
  const target = { pipeline, ...(part === null || Object.keys(part).length === 0 ? {} : { slice: part }) };
  const { params, problems } = await checkParams({ fields: values }, target);
  const found = paramErrors(text, problems, new Set(known.map(({ name }) => name)));
  Object.assign(errors, { ...found, ...(errors.form === undefined ? {} : { form: errors.form }) });
  // The filters of the view only fit its own pipeline.
  const query =
    picture.pipeline === pipeline ? picture : parseQuery(new URLSearchParams({ pipeline }), pipelines);
  return { query, slice, part: part ?? {}, values, params, errors };
}
