/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { AffectedModel } from "../../../src/domain/lineage/forgetting.ts";
import type { Text } from "../../i18n/text.ts";

/** The run that trains a model without the drawings. */
export interface Retraining {
  pipeline: string;
  params: string;
  isFromBase: boolean;
}

/** The models whose weights keep traces of forgotten drawings, and the run that trains one without them. */
export function AffectedModels({
  text,
  models,
  retraining,
}: {
  text: Text;
  models: readonly AffectedModel[];
  /** Null before the drawings are forgotten: a run would train on them again. */
  retraining: Retraining | null;
}) {
  const { t } = text;
  return (
    <section class="sheet" aria-labelledby="affected-title">
      <h2 id="affected-title">{t("forget.models")}</h2>
      {models.length === 0 ? (
        <p>{t("forget.modelsNone")}</p>
      ) : (
        <div class="stack">
          <p>{t("forget.modelsText")}</p>
          <ul class="plain-list">
            {models.map((model) => (
              <li>
                <a href={`/models/${model.version}`}>{t("models.name", { version: model.version })}</a>
                {t("text.colon")}
                {model.inheritedFrom === null
                  ? ownWords(text, model.drawings)
                  : t("sample.how.inherited", { version: model.inheritedFrom })}
                {model.aliases.map((alias) => (
                  <>
                    {" "}
                    <span class={alias === "champion" ? "tag tag-live" : "tag"}>
                      {alias === "champion" ? t("models.live") : alias}
                    </span>
                  </>
                ))}
              </li>
            ))}
          </ul>
          {retraining === null ? null : <Retrain text={text} {...retraining} />}
        </div>
      )}
    </section>
  );
}

function ownWords({ t, number }: Text, drawings: number | null): string {
  return drawings === null
    ? t("sample.how.not_recorded")
    : t("forget.modelDrawings", { n: number(drawings) });
}

function Retrain({ text: { t }, pipeline, params, isFromBase }: Retraining & { text: Text }) {
  return (
    <form method="post" action="/runs" class="stack">
      <input type="hidden" name="pipeline" value={pipeline} />
      <input type="hidden" name="params" value={params} />
      <p class="soft">{t(isFromBase ? "forget.retrainText" : "forget.retrainFirst")}</p>
      <p>
        <button class="button button-main" type="submit">
          {t("forget.retrain")}
        </button>
      </p>
    </form>
  );
}
