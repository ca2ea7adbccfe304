import { settableParameters } from "../../../views/graph/run-start.tsx";
import type { StartProps } from "../../../views/graph/view-props.ts";
import { sentenceWords } from "../../../views/i18n/saying-words.ts";
import type { Text } from "../../../views/i18n/text.ts";
import { runParamsProblem } from "../../domain/limits/run-params.ts";
import type { RunSlice } from "../../domain/run-slice.ts";
import type { PipelineGraph } from "../../graph/pipeline-graph.ts";
import { type GraphQuery, parseQuery } from "../../graph/query.ts";
import { parseSlice } from "../../graph/slices.ts";
import { parseParams } from "./run-params.ts";

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

/** Reads the form field by field. An empty field keeps the configured value. */
export function readStartForm(
  text: Text,
  graph: PipelineGraph,
  pipelines: readonly string[],
  body: Readonly<Partial<Record<string, string>>>,
): StartForm {
  const pipeline = body.pipeline ?? "";
  const picture = parseQuery(new URLSearchParams(body.picture ?? ""), pipelines);
  const slice = body.slice ?? "";
  const values: Record<string, string> = {};
  const errors: Record<string, string> = {};
  const params: Record<string, unknown> = {};
  if (!pipelines.includes(pipeline)) errors.form = text.t("runs.error.pipeline");
  const part = errors.form === undefined ? parseSlice(slice, graph, pipeline) : {};
  if (part === null) errors.form = text.t("graph.error.slice", { pipeline });
  for (const [name] of settableParameters(graph, pipeline)) {
    const value = (body[`param.${name}`] ?? "").trim();
    if (value === "") continue;
    values[name] = value;
    const parsed = parseParams(`${name}=${value}`);
    // A comma outside brackets would start another parameter.
    if ("params" in parsed && Object.keys(parsed.params).length === 1) Object.assign(params, parsed.params);
    else if ("excess" in parsed) errors[name] = sentenceWords(text, "failure", parsed.excess);
    else errors[name] = text.t("graph.error.value", { value });
  }
  const excess = runParamsProblem(params);
  if (excess !== null) errors.form = sentenceWords(text, "failure", excess);
  // The filters of the view only fit its own pipeline.
  const query =
    picture.pipeline === pipeline ? picture : parseQuery(new URLSearchParams({ pipeline }), pipelines);
  return { query, slice, part: part ?? {}, values, params, errors };
}
