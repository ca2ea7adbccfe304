/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Deployment } from "../../../src/domain/deployment.ts";

import { BUILTIN_MODEL_KEY, type ModelState } from "../../../src/domain/model.ts";

import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import type { ReportProps } from "../report.ts";
import { shortId } from "../runs/run-words.ts";
import { DeploymentsTable, type DeploymentsTableProps } from "./deployments-table.tsx";
import { GateSays } from "./gate-says.tsx";
import type { ModelRow } from "./model-row.ts";
import { PromoteAsk } from "./promote-ask.tsx";
import { RollbackAsk } from "./rollback-ask.tsx";
import { VersionsChart } from "./versions-chart.tsx";

/** One page of model versions, and their recent history. */
export interface ModelsListProps {
  text: Text;
  rows: readonly ModelRow[];
  liveVersion: number | null;
  /** The newest ones. */
  deployments: readonly Deployment[];
  /** The gate's decisions about the versions of the deployments. */
  gates: NonNullable<DeploymentsTableProps["gates"]>;
  /** The version that a roll back makes live, or null when there is none. */
  rollbackTo: number | null;
  /** The next page shows versions below this one; null at the end. */
  nextBefore: number | null;
  isFirstPage: boolean;
}

/** Versions with their actions, and the newest deployments: the swap target `#models`. */
export function ModelsList({ text, liveVersion, rows, deployments, gates, ...page }: ModelsListProps) {
  const { t } = text;
  const { nextBefore, isFirstPage, rollbackTo } = page;
  return (
    <div id="models" class="stack">
      {rows.length === 0 ? (
        <p class="sheet soft">{t("models.empty")}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
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
      {nextBefore === null && isFirstPage ? null : (
        <p class="pager">
          {isFirstPage ? null : (
            <a class="button" href="/models">
              {t("registry.newest")}
            </a>
          )}
          {nextBefore === null ? null : (
            <a class="button" href={`/models?before=${nextBefore}`}>
              {t("registry.older")}
            </a>
          )}
        </p>
      )}
      <VersionsChart text={text} rows={rows} />
      <section class="stack" aria-labelledby="deployments-title">
        <div class="page-head">
          <h2 id="deployments-title">{t("models.deployments")}</h2>
          <div>
            <RollbackAsk text={text} liveVersion={liveVersion} rollbackTo={rollbackTo} />
          </div>
        </div>
        <DeploymentsTable text={text} deployments={deployments} gates={gates} />
        <p class="pager">
          <a class="button" href="/models/deployments">
            {t("registry.log")}
          </a>
        </p>
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
        <span>
          <ModelTags text={text} model={model} isLive={isLive} />
        </span>
      </td>
      <td data-label={t("models.column.mnist")} class="num">
        <Accuracy text={text} report={row.mnistTest} />
      </td>
      <td data-label={t("models.column.holdout")} class="num">
        <Accuracy text={text} report={row.appHoldout} />
      </td>
      <td data-label={t("models.column.gate")}>
        {model.gate === null ? t("models.gate.none") : <GateSays text={text} gate={model.gate} />}
      </td>
      <td data-label={t("models.column.created")}>{text.dateTime(model.createdAt)}</td>
      <td data-label={t("models.column.run")}>
        {model.runId === null ? (
          t(model.key === BUILTIN_MODEL_KEY ? "models.builtin" : "registry.imported")
        ) : (
          <a href={`/runs/${encodeURIComponent(model.runId)}`}>
            <code>{shortId(model.runId)}</code>
          </a>
        )}
      </td>
      <td class="num">
        {isLive || model.state === "broken" || model.state === "deleted" ? null : (
          <PromoteAsk text={text} model={model} liveVersion={liveVersion} target="#models" />
        )}
      </td>
    </tr>
  );
}

/** An accuracy, and below it that of the champion at the time on the same images. */
function Accuracy({ text, report }: { text: Text; report: ReportProps | null }) {
  const { t, percent } = text;
  if (report === null) return <span>{t("value.none")}</span>;
  return (
    <span>
      {percent(report.accuracy, 2)}
      {report.before === null ? null : (
        <span class="small soft block">
          {t("models.championThen", { percent: percent(report.before.accuracy, 2) })}
        </span>
      )}
    </span>
  );
}

const STATE_WORDS: Readonly<Record<ModelState, MessageKey>> = {
  candidate: "models.state.candidate",
  rejected: "models.state.rejected",
  ready: "models.state.ready",
  broken: "models.state.broken",
  deleted: "registry.deleted",
};

/** "Live" or the state, whether it was forced, and its aliases and tags. */
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
      {model.isForced ? (
        <>
          {" "}
          <span class="tag tag-forced">{t("registry.forced")}</span>
        </>
      ) : null}
      {others.map((alias) => (
        <>
          {" "}
          <span class="tag">{alias}</span>
        </>
      ))}
      {Object.entries(model.tags).map(([key, value]) => (
        <>
          {" "}
          <span class="tag tag-own">{`${key}=${value}`}</span>
        </>
      ))}
    </>
  );
}
