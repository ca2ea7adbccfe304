/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SettableParameter } from "../../../src/graph/settable-parameters.ts";
import type { Text } from "../../i18n/text.ts";
import { ParameterFields } from "./parameter-fields.tsx";

/** The fields of the form, and their errors. */
export interface RunFormProps {
  text: Text;
  pipelines: readonly string[];
  pipeline: string;
  /** The parameters that the chosen pipeline reads. */
  parameters: readonly SettableParameter[];
  /** Why the chosen pipeline cannot be run on its own, in the reader's language; null when it can. */
  refusal: string | null;
  /** The typed values by parameter, which are shown again with their errors. */
  values: Readonly<Record<string, string>>;
  /** Messages in the reader's language, by parameter, and `form` and `pipeline`. */
  errors: Readonly<Record<string, string>>;
  /** Whether the parameters are unfolded. */
  isOpen: boolean;
}

const ID = "run";

/** The form that starts a run; rendered again with the typed values and their errors. Works without script. */
export function RunForm(props: RunFormProps) {
  const { text, pipelines, pipeline, refusal, values, errors, isOpen } = props;
  const { t } = text;
  return (
    <form
      id="run-form"
      class="sheet stack"
      method="post"
      action="/runs"
      hx-post="/runs"
      hx-swap="outerHTML"
      aria-labelledby="run-form-title"
    >
      <h2 id="run-form-title">{t("runs.start")}</h2>
      {errors.form === undefined ? null : (
        <p class="alert" role="alert">
          {errors.form}
        </p>
      )}
      <div class="run-form">
        <div class="field">
          <label for="pipeline">{t("runs.pipeline")}</label>
          <select
            id="pipeline"
            name="pipeline"
            hx-get="/runs/form"
            hx-trigger="change"
            hx-target="#run-form"
            hx-swap="outerHTML"
            aria-invalid={errors.pipeline === undefined ? undefined : "true"}
            aria-describedby={errors.pipeline === undefined ? undefined : "pipeline-note"}
          >
            {pipelines.map((name) => (
              <option value={name} selected={name === pipeline}>
                {name}
              </option>
            ))}
          </select>
          {errors.pipeline === undefined ? null : (
            <span id="pipeline-note" class="field-error" role="alert">
              {errors.pipeline}
            </span>
          )}
        </div>
        <noscript>
          <button class="button" type="submit" formmethod="get" formaction="/runs">
            {t("runs.showFields")}
          </button>
        </noscript>
        <button class="button button-main" type="submit" disabled={refusal !== null}>
          {t("runs.submit")}
        </button>
      </div>
      {refusal === null ? (
        <details class="param-all opens" open={isOpen || Object.keys(values).length > 0}>
          <summary>{t("runs.parameters")}</summary>
          <ParameterFields {...props} id={ID} />
        </details>
      ) : (
        <p class="notice" role="status">
          {refusal}
        </p>
      )}
    </form>
  );
}
