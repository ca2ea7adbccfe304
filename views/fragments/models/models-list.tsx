/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Deployment } from "../../../src/domain/deployment.ts";
import type { ModelState } from "../../../src/domain/model.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";
import type { ReportProps } from "../report.ts";
import { shortId } from "../runs/run-words.ts";
import { DeploymentsTable } from "./deployments-table.tsx";
import type { ModelRow } from "./model-row.ts";
import { PromoteAsk } from "./promote-ask.tsx";
import { VerdictMark } from "./verdict-mark.tsx";
import { VersionsChart } from "./versions-chart.tsx";

/** The model versions and their history. */
export interface ModelsListProps {
  text: Text;
  rows: readonly ModelRow[];
  deployments: readonly Deployment[];
  /** The version that a roll back makes live again, or null when there is none. */
  previousVersion: number | null;
}

/** All versions with their actions, and the deployments: the swap target `#models`. */
export function ModelsList({ text, rows, deployments, previousVersion }: ModelsListProps) {
  const { t } = text;
  const liveVersion = rows.find((row) => row.isLive)?.model.version ?? null;
  return (
    <div id="models" class="stack">
      {rows.length === 0 ? (
        <p class="sheet soft">{t("models.empty")}</p>
      ) : (
        <div class="table-wrap">
          <table class="cards">
            <caption>{t("models.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("models.column.version")}</th>
                <th scope="col">{t("models.column.aliases")}</th>
                <th scope="col" class="num">
                  {t("models.column.mnist")}
                </th>
                <th scope="col" class="num">
                  {t("models.column.holdout")}
                </th>
                <th scope="col">{t("models.column.gate")}</th>
                <th scope="col">{t("models.column.created")}</th>
                <th scope="col">{t("models.column.run")}</th>
                <th scope="col">
                  <span class="unseen">{t("models.column.actions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row text={text} row={row} liveVersion={liveVersion} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <VersionsChart text={text} rows={rows} />
      <section class="stack" aria-labelledby="deployments-title">
        <div class="page-head">
          <h2 id="deployments-title">{t("models.deployments")}</h2>
          {previousVersion === null ? null : (
            <div>
              <Ask
                text={text}
                id="rollback"
                opener={t("models.rollback")}
                title={t("models.rollbackTitle")}
                action="/models/rollback"
                confirm={t("models.rollbackNow")}
                target="#models"
              >
                <p>{t("models.rollbackText", { version: previousVersion })}</p>
              </Ask>
            </div>
          )}
        </div>
        <DeploymentsTable text={text} deployments={deployments} />
      </section>
    </div>
  );
}

function Row({ text, row, liveVersion }: { text: Text; row: ModelRow; liveVersion: number | null }) {
  const { t } = text;
  const { model, isLive } = row;
  return (
    <tr id={`model-${model.version}`}>
      <th scope="row">
        <a href={`/models/${model.version}`}>{t("models.name", { version: model.version })}</a>
      </th>
      <td data-label={t("models.column.aliases")}>
        <ModelTags text={text} model={model} isLive={isLive} />
      </td>
      <td data-label={t("models.column.mnist")} class="num">
        <Accuracy text={text} report={row.mnistTest} />
      </td>
      <td data-label={t("models.column.holdout")} class="num">
        <Accuracy text={text} report={row.appHoldout} />
      </td>
      <td data-label={t("models.column.gate")} class="nowrap">
        {model.gate === null ? t("models.gate.none") : <VerdictMark text={text} gate={model.gate} />}
      </td>
      <td data-label={t("models.column.created")} class="nowrap">
        {text.dateTime(model.createdAt)}
      </td>
      <td data-label={t("models.column.run")}>
        {model.runId === null ? (
          t("models.builtin")
        ) : (
          <a href={`/runs/${encodeURIComponent(model.runId)}`}>
            <code>{shortId(model.runId)}</code>
          </a>
        )}
      </td>
      <td class="num">
        {isLive || model.state === "broken" ? null : (
          <PromoteAsk text={text} model={model} liveVersion={liveVersion} target="#models" />
        )}
      </td>
    </tr>
  );
}

function Accuracy({ text, report }: { text: Text; report: ReportProps | null }) {
  return <span>{report === null ? text.t("value.none") : text.percent(report.accuracy, 2)}</span>;
}

const STATE_WORDS: Readonly<Record<ModelState, MessageKey>> = {
  candidate: "models.state.candidate",
  rejected: "models.state.rejected",
  ready: "models.state.ready",
  broken: "models.state.broken",
};

/** "Live" or the state, followed by custom aliases. */
export function ModelTags({
  text: { t },
  model,
  isLive,
}: {
  text: Text;
  model: ModelRow["model"];
  isLive: boolean;
}) {
  const others = model.aliases.filter((alias) => alias !== "champion");
  return (
    <>
      {isLive ? (
        <span class="tag tag-live">{t("models.live")}</span>
      ) : (
        <span class="tag">{t(STATE_WORDS[model.state])}</span>
      )}
      {others.map((alias) => (
        <>
          {" "}
          <span class="tag">{alias}</span>
        </>
      ))}
    </>
  );
}
