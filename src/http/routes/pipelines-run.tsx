import { RunStartForm, settableParameters } from "../../../views/graph/run-start.tsx";
import type { PipelineGraph } from "../../../views/graph/types.ts";
import type { Text } from "../../../views/i18n/text.ts";
import { parseParams } from "./run-params.ts";

/** What was typed into the form, and what is wrong with it. */
export interface StartForm {
  pipeline: string;
  /** By parameter, those that were filled in. */
  values: Record<string, string>;
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
  const form: StartForm = { pipeline, values: {}, params: {}, errors: {} };
  if (!pipelines.includes(pipeline)) form.errors.form = text.t("runs.error.pipeline");
  for (const [name] of settableParameters(graph, pipeline)) {
    const value = String(body[`param.${name}`] ?? "").trim();
    if (value === "") continue;
    form.values[name] = value;
    const parsed = parseParams(`${name}=${value}`);
    // A comma outside brackets would begin another parameter.
    if ("params" in parsed && Object.keys(parsed.params).length === 1)
      Object.assign(form.params, parsed.params);
    else form.errors[name] = text.t("graph.error.value", { value });
  }
  return form;
}

export function drawStartForm(text: Text, graph: PipelineGraph, form: StartForm) {
  return <RunStartForm text={text} graph={graph} {...form} />;
}
