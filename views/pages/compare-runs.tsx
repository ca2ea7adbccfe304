/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { RunComparison } from "../../src/domain/runs/compare-runs.ts";
import type { Run } from "../../src/domain/runs/run.ts";
import { CompareCurves } from "../fragments/runs/compare-curves.tsx";
import { CompareConfusion, CompareParameters, CompareScores } from "../fragments/runs/compare-tables.tsx";
import { RUN_STATUS_WORDS, runDurationMs, shortId } from "../fragments/runs/run-words.ts";
import type { EpochRow } from "../fragments/runs/training-curves.tsx";
import { StatusMark } from "../fragments/status-mark.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the page that compares runs. */
export interface CompareRunsPageProps extends PageProps {
  /** In the order of the comparison. */
  runs: readonly Run[];
  comparison: RunComparison;
  /** The finished epochs of each run. */
  curves: readonly (readonly EpochRow[])[];
  /** ISO time. */
  now: string;
}

/** Runs side by side: curves over one another, scores, parameters, and where their confusion matrices differ. */
export function CompareRunsPage(props: CompareRunsPageProps) {
  const { text, runs, comparison, curves, now } = props;
  const { t } = text;
  const names = runs.map(({ id }, i) => `${i + 1} · ${shortId(id)}`);
  return (
    <Page {...props} title={t("compare.title")}>
      <a class="back" href="/runs">
        ← {t("runs.title")}
      </a>
      <div class="page-head">
        <div>
          <h1>{t("compare.title")}</h1>
          <p>{t("compare.lead")}</p>
        </div>
      </div>
      <div class="stack">
        <div class="table-wrap" tabindex={0}>
          <table class="cards">
            <caption>{t("compare.runs")}</caption>
            <thead>
              <tr>
                {(["run", "status", "pipeline", "started", "duration"] as const).map((column) => (
                  <th scope="col">{t(`runs.column.${column}`)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map((run, i) => {
                const durationMs = runDurationMs(run, now);
                return (
                  <tr>
                    <th scope="row">
                      {i + 1} ·{" "}
                      <a href={`/runs/${encodeURIComponent(run.id)}`}>
                        <code>{shortId(run.id)}</code>
                      </a>
                    </th>
                    <td data-label={t("runs.column.status")}>
                      <StatusMark text={text} state={run.status} label={RUN_STATUS_WORDS[run.status]} />
                    </td>
                    <td data-label={t("runs.column.pipeline")}>{run.pipeline}</td>
                    <td data-label={t("runs.column.started")}>
                      {run.startedAt === null ? t("value.none") : text.dateTime(run.startedAt)}
                    </td>
                    <td data-label={t("runs.column.duration")}>
                      {durationMs === null ? t("value.none") : text.duration(durationMs)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <CompareScores text={text} names={names} scores={comparison.scores} />
        <CompareCurves text={text} names={names} curves={curves} />
        <CompareParameters
          text={text}
          names={names}
          parameters={comparison.parameters}
          isPartial={comparison.isPartial}
        />
        <CompareConfusion text={text} names={names} confusion={comparison.confusion} />
      </div>
    </Page>
  );
}
