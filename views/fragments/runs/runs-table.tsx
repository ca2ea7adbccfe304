/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Run } from "../../../src/domain/runs/run.ts";
import type { Saying } from "../../../src/lib/saying.ts";
import { sentenceWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";
import { StatusMark } from "../status-mark.tsx";
import { RUN_STATUS_WORDS, runDurationMs, shortId, triggerWords } from "./run-words.ts";

/** The runs of one page. */
export interface RunsTableProps {
  text: Text;
  runs: readonly Run[];
  /** Errors of runs as data, by the run's id; absent for older runs. */
  failures?: ReadonlyMap<string, Saying>;
  /** Time (ISO 8601) to which the durations of running runs are computed. */
  now: string;
}

/** The runs as a table, on a phone as cards; each row links to its run. */
export function RunsTable({ text, runs, failures, now }: RunsTableProps) {
  const { t } = text;
  if (runs.length === 0) return <p class="sheet soft">{t("runs.empty")}</p>;
  return (
    <div class="table-wrap">
      <table class="cards">
        <caption>{t("runs.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("runs.column.run")}</th>
            <th scope="col">{t("runs.column.status")}</th>
            <th scope="col">{t("runs.column.pipeline")}</th>
            <th scope="col">{t("runs.column.trigger")}</th>
            <th scope="col">{t("runs.column.started")}</th>
            <th scope="col" class="num">
              {t("runs.column.duration")}
            </th>
            <th scope="col">{t("runs.column.result")}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row text={text} run={run} failure={failures?.get(run.id)} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  text: Text;
  run: Run;
  failure: Saying | undefined;
  now: string;
}

function Row({ text, run, failure, now }: RowProps) {
  const { t } = text;
  const durationMs = runDurationMs(run, now);
  return (
    <tr id={`run-${run.id}`}>
      <th scope="row">
        <a href={`/runs/${encodeURIComponent(run.id)}`}>
          <code>{shortId(run.id)}</code>
        </a>
      </th>
      <td data-label={t("runs.column.status")}>
        <StatusMark text={text} state={run.status} label={RUN_STATUS_WORDS[run.status]} />
      </td>
      <td data-label={t("runs.column.pipeline")}>{run.pipeline}</td>
      <td data-label={t("runs.column.trigger")}>{triggerWords(text, run.trigger)}</td>
      <td data-label={t("runs.column.started")} class="nowrap">
        {run.startedAt === null ? t("value.none") : text.dateTime(run.startedAt)}
      </td>
      <td data-label={t("runs.column.duration")} class="num">
        {durationMs === null ? t("value.none") : text.duration(durationMs)}
      </td>
      <td data-label={t("runs.column.result")}>
        <Result text={text} run={run} failure={failure} />
      </td>
    </tr>
  );
}

function Result({ text, run, failure }: Omit<RowProps, "now">) {
  const { t } = text;
  if (run.error !== null)
    return <span>{sentenceWords(text, "failure", { message: run.error, says: failure })}</span>;
  if (run.modelVersion === null) return <span>{t("value.none")}</span>;
  return <a href={`/models/${run.modelVersion}`}>{t("models.name", { version: run.modelVersion })}</a>;
}
