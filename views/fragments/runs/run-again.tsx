/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SettableParameter } from "../../../src/graph/settable-parameters.ts";
import type { Text } from "../../i18n/text.ts";
import { ParameterFields } from "./parameter-fields.tsx";

/** How a failed or cancelled run can be started once more. */
export interface RunAgainProps {
  text: Text;
  runId: string;
  pipeline: string;
  /** Whether it can be continued from the outputs that it saved. */
  canResume: boolean;
  parameters: readonly SettableParameter[];
  /** Those of the earlier run, or what was typed. */
  values: Readonly<Record<string, string>>;
  /** Messages in the reader's language, by parameter, and `form`. */
  errors: Readonly<Record<string, string>>;
}

/** A form that starts the run once more, with the same or other parameters. Works without script. */
export function RunAgain(props: RunAgainProps) {
  const { text, runId, canResume, errors } = props;
  const { t } = text;
  const path = `/runs/${encodeURIComponent(runId)}`;
  return (
    <form
      id="run-again"
      class="sheet stack"
      method="post"
      action={`${path}/retry`}
      aria-labelledby="run-again-title"
    >
      <h2 id="run-again-title">{t("runs.again")}</h2>
      {errors.form === undefined ? null : (
        <p class="alert" role="alert">
          {errors.form}
        </p>
      )}
      <p class="small soft">{t(canResume ? "runs.againHint" : "runs.retryHint")}</p>
      <details class="param-all opens" open={Object.keys(errors).length > 0}>
        <summary>{t("runs.parameters")}</summary>
        <ParameterFields {...props} id="again" />
      </details>
      <div class="ask-actions">
        {canResume ? (
          <button class="button button-main" type="submit" formaction={`${path}/resume`}>
            {t("runs.resume")}
          </button>
        ) : null}
        <button class={canResume ? "button" : "button button-main"} type="submit">
          {t("runs.retry")}
        </button>
      </div>
    </form>
  );
}
