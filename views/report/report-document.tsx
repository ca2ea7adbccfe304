/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GateRecord } from "../../src/domain/gate.ts";
import type { Language } from "../../src/lib/languages.ts";
import { Evaluation, type EvaluationExamples } from "../fragments/evaluation.tsx";
import { type ExampleProps, ExampleSheet } from "../fragments/example-sheet.tsx";
import { examplesTitle } from "../fragments/examples-of.tsx";
import { ChangedDrawings, type ChangedProps } from "../fragments/models/changed-sheet.tsx";
import { Evidence } from "../fragments/models/evidence-table.tsx";
import { GateChecks } from "../fragments/models/gate-checks.tsx";
import { type ReportProps, reportNote, setName } from "../fragments/report.ts";
import { Fold } from "../fragments/runs/fold.tsx";
import { TrainingCurves, type TrainingCurvesProps } from "../fragments/runs/training-curves.tsx";
import { type Text, textIn } from "../i18n/text.ts";
import { Mark } from "../layout/page.tsx";

/** The drawings of one cell of a set's confusion matrix. */
export interface CellExamples {
  set: string;
  label: string;
  predicted: string;
  examples: readonly ExampleProps[];
}

/** The contents of a report. */
export interface ReportDocumentProps {
  language: Language;
  /** ISO time; shown in UTC, because the file may be opened anywhere. */
  createdAt: string;
  version: string;
  /** Styles of the whole page, because it loads nothing. */
  css: string;
  curves: Omit<TrainingCurvesProps, "text">;
  /** Number of drawings that the model was trained on, by label; null when there were none. */
  drawings: Readonly<Record<string, number>> | null;
  reports: Readonly<Record<string, ReportProps>>;
  worst: EvaluationExamples["worst"];
  cells: readonly CellExamples[];
  gate: GateRecord | null;
  /** Null when the run saved none. */
  changed: ChangedProps | null;
}

/** The report of a training run, as one page that needs neither a server nor a script. */
export function ReportDocument(props: ReportDocumentProps) {
  const { language, createdAt, version, css, curves, drawings, reports, gate, cells, changed } = props;
  const text = textIn(language);
  const { t } = text;
  const examples = examplesOf(props);
  return (
    <html lang={text.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t("report.title")}</title>
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body>
        <main class="main report-main">
          <div class="page-head report-head">
            <Mark />
            <div>
              <h1>{t("report.title")}</h1>
              <p>{t("report.made", { at: text.dateTime(createdAt), version })}</p>
            </div>
          </div>
          <div class="stack">
            <Summary text={text} reports={reports} />
            <section class="sheet" aria-labelledby="report-curves">
              <h2 id="report-curves">{t("run.curves")}</h2>
              <TrainingCurves text={text} {...curves} />
            </section>
            {drawings === null ? null : <Drawings text={text} drawings={drawings} />}
            {gate === null ? null : (
              <section class="sheet" aria-labelledby="report-gate">
                <h2 id="report-gate">{t("run.gate")}</h2>
                <GateChecks text={text} gate={gate} />
              </section>
            )}
            {(gate?.evidence ?? []).length === 0 ? null : (
              <Fold title={t("runs.evidence")}>
                <Evidence text={text} gate={gate} />
              </Fold>
            )}
            {changed === null ? null : (
              <Fold title={t("runs.changed")}>
                <ChangedDrawings text={text} changed={changed} />
              </Fold>
            )}
            {Object.entries(reports).map(([set, report]) => (
              <Fold title={setName(text, set)} figure={text.percent(report.accuracy, 2)}>
                <Evaluation text={text} set={set} report={report} examples={examples} />
              </Fold>
            ))}
            {cells.length === 0 ? null : (
              <Fold title={t("report.cells")}>
                <section class="sheet stack" aria-labelledby="report-cells">
                  <h2 id="report-cells">{t("report.cells")}</h2>
                  {cells.map((cell) => (
                    <div id={cellId(cell.set, cell)} class="stack">
                      <h3>{examplesTitle(text, cell.set, cell)}</h3>
                      <ExampleSheet text={text} examples={cell.examples} />
                    </div>
                  ))}
                </section>
              </Fold>
            )}
          </div>
        </main>
      </body>
    </html>
  );
}

/** The accuracy on each set, before anything else. */
function Summary({ text, reports }: { text: Text; reports: ReportDocumentProps["reports"] }) {
  const rows = Object.entries(reports);
  if (rows.length === 0) return null;
  return (
    <section class="sheet" aria-labelledby="report-summary">
      <h2 id="report-summary">{text.t("run.metrics")}</h2>
      <dl class="facts">
        {rows.map(([set, report]) => (
          <>
            <dt>{setName(text, set)}</dt>
            <dd>
              <strong>{text.percent(report.accuracy, 2)}</strong>{" "}
              <span class="soft small">{reportNote(text, report)}</span>
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}

/** Examples whose cells link to their place on the page. */
function examplesOf({ cells, worst }: ReportDocumentProps): EvaluationExamples {
  const ids = new Set(cells.map((cell) => cellId(cell.set, cell)));
  return {
    worst,
    isLive: false,
    href(set, cell) {
      const id = cell === null ? null : cellId(set, cell);
      return id !== null && ids.has(id) ? `#${encodeURIComponent(id)}` : null;
    },
  };
}

function cellId(set: string, { label, predicted }: { label: string; predicted: string }): string {
  return `${set}:${label}:${predicted}`;
}

function Drawings({ text, drawings }: { text: Text; drawings: Readonly<Record<string, number>> }) {
  const { t, number } = text;
  return (
    <section class="sheet" aria-labelledby="report-drawings">
      <h2 id="report-drawings">{t("report.drawings")}</h2>
      <dl class="facts">
        {Object.entries(drawings)
          .filter(([, n]) => n > 0)
          .map(([label, n]) => (
            <>
              <dt>{label}</dt>
              <dd>{number(n)}</dd>
            </>
          ))}
      </dl>
    </section>
  );
}
