/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { settableParameters } from "../../src/graph/settable-parameters.ts";
import { ParameterFields } from "../fragments/runs/parameter-fields.tsx";
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
      <ParameterFields
        text={text}
        id="start"
        pipeline={pipeline}
        parameters={settableParameters(graph, pipeline)}
        values={values}
        errors={errors}
      />
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
