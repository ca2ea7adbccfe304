/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { TrainedModel } from "../../../src/domain/lineage/lineage-store.ts";
import type { Text } from "../../i18n/text.ts";
import type { ModelRow } from "../models/model-row.ts";
import { ModelTags } from "../models/models-list.tsx";

/** A model that was trained on a drawing; `model` is null when it is no longer registered. */
export interface SampleModel extends TrainedModel {
  model: ModelRow["model"] | null;
  isLive: boolean;
}

/** The models that were trained on a drawing, with their verdicts. */
export function SampleModels({ text, models }: { text: Text; models: readonly SampleModel[] }) {
  const { t } = text;
  if (models.length === 0) return <p class="soft">{t("sample.modelsNone")}</p>;
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t("sample.modelsCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("sample.model")}</th>
            <th scope="col">{t("sample.how")}</th>
            <th scope="col">{t("sample.verdict")}</th>
            <th scope="col">{t("samples.state")}</th>
          </tr>
        </thead>
        <tbody>
          {models.map((entry) => (
            <tr>
              <th scope="row">
                <a href={`/models/${entry.version}`}>{t("models.name", { version: entry.version })}</a>
              </th>
              <td data-label={t("sample.how")}>
                {t(`sample.how.${entry.how}`, { version: entry.inheritedFrom ?? "" })}
              </td>
              <td data-label={t("sample.verdict")}>{t(verdictOf(entry.model))}</td>
              <td data-label={t("samples.state")}>
                {entry.model === null ? (
                  t("value.none")
                ) : (
                  <ModelTags text={text} model={entry.model} isLive={entry.isLive} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function verdictOf(model: SampleModel["model"]) {
  if (model === null || model.gate === null) return "models.gate.none";
  return model.gate.passed ? "models.gate.passed" : "models.gate.failed";
}
