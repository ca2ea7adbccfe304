/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SampleUse } from "../../../src/domain/lineage/lineage-store.ts";
import type { Text } from "../../i18n/text.ts";
import { shortId } from "../runs/run-words.ts";
import { labelWords } from "./label-words.ts";

/** The runs that used a drawing, and for what. */
export function SampleRuns({ text, uses }: { text: Text; uses: readonly SampleUse[] }) {
  const { t } = text;
  if (uses.length === 0) return <p class="soft">{t("sample.runsNone")}</p>;
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t("sample.runsCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("sample.run")}</th>
            <th scope="col">{t("sample.when")}</th>
            <th scope="col">{t("sample.side")}</th>
            <th scope="col">{t("sample.labelThen")}</th>
            <th scope="col">{t("sample.dataVersion")}</th>
            <th scope="col">{t("sample.model")}</th>
          </tr>
        </thead>
        <tbody>
          {uses.map((use) => (
            <Row text={text} use={use} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ text, use }: { text: Text; use: SampleUse }) {
  const { t } = text;
  const { runId, side, reason, modelVersion } = use;
  const path = `/runs/${encodeURIComponent(runId)}`;
  const words = t(`side.${side}`);
  return (
    <tr>
      <th scope="row">
        <a href={path}>
          <code>{shortId(runId)}</code>
        </a>
      </th>
      <td data-label={t("sample.when")} class="nowrap">
        {text.dateTime(use.createdAt)}
      </td>
      <td data-label={t("sample.side")}>
        {reason === null ? words : t("text.aside", { text: words, aside: reason })}
      </td>
      <td data-label={t("sample.labelThen")}>{labelWords(text, use.label)}</td>
      <td data-label={t("sample.dataVersion")}>
        <a href={`${path}/data?side=${side}`}>
          <code>{use.dataSha256.slice(0, 12)}</code>
        </a>
      </td>
      <td data-label={t("sample.model")}>
        {modelVersion === null ? (
          t("value.none")
        ) : (
          <a href={`/models/${modelVersion}`}>{t("models.name", { version: modelVersion })}</a>
        )}
      </td>
    </tr>
  );
}
