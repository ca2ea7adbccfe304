/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { APP_HOLDOUT, MNIST_TEST } from "../../../src/domain/metrics.ts";
import type { Run } from "../../../src/domain/runs/run.ts";
import type { RunAnnotations } from "../../../src/domain/runs/run-annotations.ts";
import { leaves } from "../../../src/domain/runs/run-inputs.ts";
import type { Saying } from "../../../src/lib/saying.ts";
import { shortened } from "../../../src/lib/shortened.ts";
import { sentenceWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";
import { setName } from "../report.ts";
import { StatusMark } from "../status-mark.tsx";
import { RUN_STATUS_WORDS, runDurationMs, shortId, triggerWords } from "./run-words.ts";

/** The runs of one page. */
export interface RunsTableProps {
  text: Text;
  runs: readonly Run[];
  /** Errors of runs as data, by the run's id; absent for older runs. */
  failures?: ReadonlyMap<string, Saying>;
  /** Their tags and notes, by the run's id. */
  annotations?: ReadonlyMap<string, RunAnnotations>;
  /** Words for runs that a search has not found; those for no runs at all by default. */
  isFiltered?: boolean;
  /** Time (ISO 8601) to which the durations of running runs are computed. */
  now: string;
}

/** Characters of a note that a list shows. */
const MAX_NOTE = 80;
/** Characters of an error that a list shows; the run's page has all of it. */
const MAX_ERROR = 90;

/** The runs as a table, on a phone as cards; each row links to its run. */
export function RunsTable({ text, runs, failures, annotations, isFiltered, now }: RunsTableProps) {
  const { t } = text;
  if (runs.length === 0) return <p class="sheet soft">{t(isFiltered ? "runs.noneFound" : "runs.empty")}</p>;
  const columns = columnsOf(runs);
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t("runs.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{t("runs.choose")}</span>
            </th>
            <th scope="col">{t("runs.column.run")}</th>
            <th scope="col">{t("runs.column.status")}</th>
            <th scope="col">{t("runs.column.pipeline")}</th>
            <th scope="col">{t("runs.column.trigger")}</th>
            <th scope="col">{t("runs.column.started")}</th>
            <th scope="col" class="num">
              {t("runs.column.duration")}
            </th>
            <th scope="col">{t("runs.column.result")}</th>
            {columns.map(({ name, set }) => (
              <th scope="col" class="num">
                {set === null ? <code>{name}</code> : setName(text, set)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row
              text={text}
              run={run}
              failure={failures?.get(run.id)}
              annotations={annotations?.get(run.id)}
              columns={columns}
              now={now}
            />
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
  annotations: RunAnnotations | undefined;
  columns: readonly Column[];
  now: string;
}

/** A column for a parameter, or for the accuracy on a set, that is not the same for all runs. */
interface Column {
  name: string;
  /** Null for a parameter. */
  set: string | null;
}

/** Limit of columns for parameters: more do not fit. */
const MAX_PARAMETERS = 3;

function columnsOf(runs: readonly Run[]): Column[] {
  const params = runs.map((run) => new Map(leaves(run.params)));
  const names = [...new Set(params.flatMap((own) => [...own.keys()]))];
  const isDifferent = (values: readonly unknown[]) =>
    new Set(values.map((value) => JSON.stringify(value))).size > 1;
  const different = names.filter((name) => isDifferent(params.map((own) => own.get(name))));
  const sets = [APP_HOLDOUT, MNIST_TEST].filter((set) =>
    isDifferent(runs.map(({ metrics }) => metrics.evaluations[set]?.accuracy)),
  );
  return [
    ...different.slice(0, MAX_PARAMETERS).map((name) => ({ name, set: null })),
    ...sets.map((set) => ({ name: set, set })),
  ];
}

function ColumnCell({ text, run, column }: { text: Text; run: Run; column: Column }) {
  const value = valueIn(text, run, column);
  const label = column.set === null ? column.name : setName(text, column.set);
  return (
    <td data-label={label} class={value === null ? "num is-none" : "num"}>
      {value ?? text.t("value.none")}
    </td>
  );
}

/** Null where the run has no such value. */
function valueIn(text: Text, { metrics, params }: Run, { name, set }: Column): string | null {
  if (set !== null) {
    const accuracy = metrics.evaluations[set]?.accuracy;
    return accuracy === undefined ? null : text.percent(accuracy, 2);
  }
  const value = new Map(leaves(params)).get(name);
  return value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value);
}

function Row({ text, run, failure, annotations, columns, now }: RowProps) {
  const { t } = text;
  const durationMs = runDurationMs(run, now);
  return (
    <tr id={`run-${run.id}`}>
      <td class="run-choice" data-label={t("runs.choose")}>
        <label>
          <input type="checkbox" name="run" value={run.id} form="runs-compare" />
          <span class="unseen">{t("runs.chooseRun", { id: shortId(run.id) })}</span>
        </label>
      </td>
      <th scope="row">
        <a href={`/runs/${encodeURIComponent(run.id)}`}>
          <code>{shortId(run.id)}</code>
        </a>
        {annotations === undefined || annotations.tags.length === 0 ? null : (
          <span class="run-tags">
            {annotations.tags.map(({ tag }) => (
              <a class="chip" href={`/runs?${new URLSearchParams({ tag })}`}>
                #{tag}
              </a>
            ))}
          </span>
        )}
        {annotations?.note == null ? null : (
          <span class="run-note small soft">{shortened(annotations.note.text, MAX_NOTE)}</span>
        )}
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
      <td data-label={t("runs.column.result")} class="run-result">
        <Result text={text} run={run} failure={failure} />
      </td>
      {columns.map((column) => (
        <ColumnCell text={text} run={run} column={column} />
      ))}
    </tr>
  );
}

function Result({ text, run, failure }: Pick<RowProps, "text" | "run" | "failure">) {
  const { t } = text;
  if (run.error !== null) {
    const words = sentenceWords(text, "failure", { message: run.error, says: failure });
    return <span title={words}>{shortened(words, MAX_ERROR)}</span>;
  }
  if (run.modelVersion === null) return <span>{t("value.none")}</span>;
  return <a href={`/models/${run.modelVersion}`}>{t("models.name", { version: run.modelVersion })}</a>;
}
