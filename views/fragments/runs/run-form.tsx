/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** The fields of the form, and their errors. */
export interface RunFormProps {
  text: Text;
  pipelines: readonly string[];
  /** The typed values, which are shown again with their errors. */
  values: { pipeline: string; params: string };
  /** Messages in the reader's language. */
  errors: { pipeline?: string; params?: string; form?: string };
}

/** The form that starts a run; rendered again with the typed values and their errors. Works without script. */
export function RunForm({ text: { t }, pipelines, values, errors }: RunFormProps) {
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
          <select id="pipeline" name="pipeline" {...invalid("pipeline", errors.pipeline)}>
            {pipelines.map((name) => (
              <option value={name} selected={name === values.pipeline}>
                {name}
              </option>
            ))}
          </select>
          <FieldError id="pipeline" message={errors.pipeline} />
        </div>
        <div class="field">
          <label for="params">{t("runs.params")}</label>
          <input
            id="params"
            name="params"
            value={values.params}
            maxlength={2000}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            {...invalid("params", errors.params)}
          />
          {errors.params === undefined ? (
            <span id="params-note" class="small soft">
              {t("runs.paramsHint")}
            </span>
          ) : (
            <FieldError id="params" message={errors.params} />
          )}
        </div>
        <button class="button button-main" type="submit">
          {t("runs.submit")}
        </button>
      </div>
    </form>
  );
}

function invalid(id: string, message: string | undefined): Record<string, string> {
  return { "aria-describedby": `${id}-note`, ...(message === undefined ? {} : { "aria-invalid": "true" }) };
}

function FieldError({ id, message }: { id: string; message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <span id={`${id}-note`} class="field-error" role="alert">
      {message}
    </span>
  );
}
