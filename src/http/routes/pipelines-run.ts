import { settableParameters } from "../../../views/graph/run-start.tsx";
import type { StartProps } from "../../../views/graph/view-props.ts";
import type { Text } from "../../../views/i18n/text.ts";
import type { RunSlice } from "../../domain/run-slice.ts";
import type { PipelineGraph } from "../../graph/pipeline-graph.ts";
import { type GraphQuery, parseQuery } from "../../graph/query.ts";
import { parseSlice } from "../../graph/slices.ts";
import { parseParams } from "./run-params.ts";

/** What was filled into the form, and what is wrong with it. */
export interface StartForm extends StartProps {
  /** The picture that it was filled in on: it is shown again. */
  query: GraphQuery;
  /** The part of the pipeline; empty for the whole. */
  part: RunSlice;
  /** By name, as `--params` would set them. */
  params: Record<string, unknown>;
  errors: Record<string, string>;
}

/** Reads the form field by field: an empty field changes nothing. */
export function readStartForm(
  text: Text,
  graph: PipelineGraph,
  pipelines: readonly string[],
  body: Readonly<Record<string, unknown>>,
): StartForm {
  const pipeline = String(body.pipeline ?? "");
  const picture = parseQuery(new URLSearchParams(String(body.picture ?? "")), pipelines);
  const slice = String(body.slice ?? "");
  const values: Record<string, string> = {};
  const errors: Record<string, string> = {};
  const params: Record<string, unknown> = {};
  if (!pipelines.includes(pipeline)) errors.form = text.t("runs.error.pipeline");
  const part = errors.form === undefined ? parseSlice(slice, graph, pipeline) : {};
  if (part === null) errors.form = text.t("graph.error.slice", { pipeline });
  for (const [name] of settableParameters(graph, pipeline)) {
    const value = String(body[`param.${name}`] ?? "").trim();
    if (value === "") continue;
    values[name] = value;
    const parsed = parseParams(`${name}=${value}`);
    // A comma outside brackets would begin another parameter.
    if ("params" in parsed && Object.keys(parsed.params).length === 1) Object.assign(params, parsed.params);
    else errors[name] = text.t("graph.error.value", { value });
  }
  // Another pipeline than the picture's has no use for its filters.
  const query =
    picture.pipeline === pipeline ? picture : parseQuery(new URLSearchParams({ pipeline }), pipelines);
  return { query, slice, part: part ?? {}, values, params, errors };
}
