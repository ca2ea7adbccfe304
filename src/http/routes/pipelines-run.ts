import { settableParameters } from "../../../views/graph/run-start.tsx";
import type { StartProps } from "../../../views/graph/view-props.ts";
import { sentenceWords } from "../../../views/i18n/saying-words.ts";
import type { Text } from "../../../views/i18n/text.ts";
import type { RunSlice } from "../../domain/runs/run-slice.ts";
import { type GraphQuery, parseQuery } from "../../graph/query.ts";
import { parseSlice } from "../../graph/slices.ts";
import type { AppDeps } from "../deps.ts";

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
  const values: Record<string, string> = {};
  const errors: Record<string, string> = {};
  if (!pipelines.includes(pipeline)) errors.form = text.t("runs.error.pipeline");
  const part = errors.form === undefined ? parseSlice(slice, graph(), pipeline) : {};
  if (part === null) errors.form = text.t("graph.error.slice", { pipeline });
  for (const [name] of settableParameters(graph(), pipeline)) {
    const value = (body[`param.${name}`] ?? "").trim();
    if (value !== "") values[name] = value;
  }
  const { params, problems } = await checkParams({ fields: values });
  for (const { name, ...said } of problems) errors[name ?? "form"] ??= sentenceWords(text, "failure", said);
  // The filters of the view only fit its own pipeline.
  const query =
    picture.pipeline === pipeline ? picture : parseQuery(new URLSearchParams({ pipeline }), pipelines);
  return { query, slice, part: part ?? {}, values, params, errors };
}
