/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SamplePrediction } from "../../../src/domain/samples/sheet/sheet-store.ts";
import type { Text } from "../../i18n/text.ts";

/** The properties of the predictions for one drawing. */
export interface SamplePredictionsProps {
  text: Text;
  id: string;
  /** The drawing's label; null for none of the classes. */
  label: string | null;
  predictions: readonly SamplePrediction[];
}

/** The predictions that are kept, and the button that asks the live model now. */
export function SamplePredictions({ text, id, label, predictions }: SamplePredictionsProps) {
  const { t } = text;
  return (
    <>
      {predictions.length === 0 ? (
        <p class="soft">{t("sample.predictionsNone")}</p>
      ) : (
        <ul class="plain-rows">
          {predictions.map((prediction) => (
            <li>
              <a href={`/models/${prediction.modelVersion}`}>
                {t("models.name", { version: prediction.modelVersion })}
              </a>
              <span>
                <b class={prediction.label === label ? undefined : "example-read"}>{prediction.label}</b>
                {prediction.confidence === null ? null : ` ${text.percent(prediction.confidence)}`}
              </span>
              <span class="soft">{t(`sample.predicted.${prediction.when}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <form
        method="post"
        action={`/samples/${encodeURIComponent(id)}/ask`}
        hx-post={`/samples/${encodeURIComponent(id)}/ask`}
        hx-target="#sample-asked"
      >
        <button class="button" type="submit">
          {t("sample.ask")}
        </button>
      </form>
      <div id="sample-asked" aria-live="polite" />
    </>
  );
}

/** The live model's prediction. @param of its version. @param top the most probable classes. */
export function Asked({
  text,
  of,
  top,
  isOutlier,
}: {
  text: Text;
  of: number;
  top: readonly { label: string; p: number }[];
  isOutlier: boolean;
}) {
  const { t } = text;
  return (
    <p>
      <a href={`/models/${of}`}>{t("models.name", { version: of })}</a>
      {t("text.colon")}
      {top.map(({ label, p }, n) => (
        <>
          {n === 0 ? null : t("text.comma")}
          {n === 0 ? <b>{label}</b> : label} {text.percent(p)}
        </>
      ))}
      {isOutlier ? <span class="soft"> {t("sample.askedOutlier")}</span> : null}
    </p>
  );
}
