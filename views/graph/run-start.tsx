/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { kindOf, nodesOf } from "../../src/graph/picture.ts";
import type { PipelineGraph } from "../../src/graph/pipeline-graph.ts";
import { SliceChoice, type SliceChoiceProps } from "./slice-choice.tsx";
import type { StartProps } from "./view-props.ts";

/** The data of the form that starts a run. */
export type RunStartProps = StartProps & SliceChoiceProps;

/** A popover that starts a run of the pipeline or a part of it, with a field per parameter. Works without script. */
export function RunStart(props: RunStartProps) {
  return (
    <>
      <button class="button button-main" type="button" popovertarget="graph-start">
        {props.text.t("graph.start")}
      </button>
      <div
        id="graph-start"
        class="ask g-start"
        popover="auto"
        role="dialog"
        aria-labelledby="graph-start-title"
      >
        <RunStartForm {...props} />
      </div>
    </>
  );
}

/** The form; rendered again with the typed values and their errors when the run cannot start. */
export function RunStartForm(props: RunStartProps) {
  const { text, graph, query, values, errors } = props;
  const { pipeline } = query;
  const { t } = text;
  const names = settableParameters(graph, pipeline);
  return (
    <form
      id="graph-start-form"
      method="post"
      action="/pipelines"
      hx-post="/pipelines"
      hx-target="#graph-start-form"
      hx-swap="outerHTML"
    >
      <h2 id="graph-start-title">{t("graph.startTitle", { pipeline })}</h2>
      <input type="hidden" name="pipeline" value={pipeline} />
      {errors.form === undefined ? null : (
        <p class="alert" role="alert">
          {errors.form}
        </p>
      )}
      <SliceChoice {...props} />
      {names.length === 0 ? null : <p class="small soft">{t("graph.startHint")}</p>}
      <div class="g-fields">
        {names.map(([name, value]) => (
          <div class="field">
            <label for={`start-${name}`}>
              <code>{name}</code>
            </label>
            <input
              id={`start-${name}`}
              name={`param.${name}`}
              value={values[name] ?? ""}
              placeholder={JSON.stringify(value)}
              maxlength={500}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              aria-invalid={errors[name] === undefined ? undefined : "true"}
              aria-describedby={errors[name] === undefined ? undefined : `start-${name}-note`}
            />
            {errors[name] === undefined ? null : (
              <span id={`start-${name}-note`} class="field-error" role="alert">
                {errors[name]}
              </span>
            )}
          </div>
        ))}
      </div>
      <div class="ask-actions">
        <button class="button" type="button" popovertarget="graph-start" popovertargetaction="hide">
          {t("graph.keep")}
        </button>
        <button class="button button-main" type="submit">
          {t("graph.startNow")}
        </button>
      </div>
    </form>
  );
}

/** The parameters that a pipeline reads and `--params` may change, down to single values, with the configured values. */
export function settableParameters(graph: PipelineGraph, pipeline: string): [name: string, value: unknown][] {
  const read = new Set(nodesOf(graph, { pipeline, tags: [] }).flatMap(({ inputs }) => inputs));
  const names = [...read].filter((name) => kindOf(name) === "parameter" && name !== "parameters");
  return names.flatMap((name) => {
    const parameter = Object.hasOwn(graph.parameters, name) ? graph.parameters[name]! : null;
    return parameter?.isSettable === true ? leaves(name.slice("params:".length), parameter.value) : [];
  });
}

function leaves(name: string, value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(`${name}.${key}`, inner));
}
