/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { championSet, setOfChampion } from "../../src/domain/metrics.ts";
import { CalibrationChart } from "../charts/calibration-chart.tsx";
import { ClassChart } from "../charts/class-chart.tsx";
import { ConfusionMatrix } from "../charts/confusion-matrix.tsx";
import { MistakesTable } from "../charts/mistakes-table.tsx";
import type { Text } from "../i18n/text.ts";
import { type ExampleProps, ExampleSheet } from "./example-sheet.tsx";
import { type ReportProps, reportNote, setName } from "./report.ts";

/** The images behind an evaluation, if they were kept. */
export interface EvaluationExamples {
  /** Address of a cell's drawings, or with null of the worst mistakes overall; null when there are none. */
  href(set: string, cell: { label: string; predicted: string } | null): string | null;
  /** The worst mistakes that are initially shown, by name of the set. */
  worst: Readonly<Record<string, readonly ExampleProps[]>>;
  /** Whether links load their drawings into the page. */
  isLive: boolean;
}

/** The evaluation of one set. */
export interface EvaluationProps {
  text: Text;
  set: string;
  report: ReportProps;
  /** Null when the run kept none. */
  examples: EvaluationExamples | null;
}

/** One set: metrics, confusion matrix, classes, calibration and worst mistakes, with the previous model's. */
export function Evaluation(props: EvaluationProps) {
  const { text, set, report } = props;
  const { t, percent } = text;
  const { before } = report;
  return (
    <section class="sheet stack evaluation" aria-labelledby={`set-${idOf(set)}`}>
      <div>
        <h2 id={`set-${idOf(set)}`}>{setName(text, set)}</h2>
        <p class="figure">{percent(report.accuracy, 2)}</p>
        <p class="soft small">
          {t("model.accuracy")} {reportNote(text, report)}
        </p>
      </div>
      <div class="columns">
        <Confusion {...props} set={set} report={report} hasOther={before !== null} />
        {before === null ? null : <Confusion {...props} set={championSet(set)} report={before} hasOther />}
      </div>
      {props.examples?.isLive ? (
        <div id={`examples-${idOf(set)}`} class="examples-target" aria-live="polite" tabindex={-1} />
      ) : null}
      <div class="columns">
        {report.perClass.length === 0 ? null : (
          <ClassChart
            text={text}
            name={setName(text, set)}
            perClass={report.perClass}
            before={before?.perClass ?? []}
          />
        )}
        {before === null ? <Calibrations text={text} set={set} report={report} /> : null}
      </div>
      {before === null ? null : (
        <div class="columns">
          <Calibrations text={text} set={set} report={report} />
        </div>
      )}
      <Worst {...props} set={set} />
      {before === null ? null : <Worst {...props} set={championSet(set)} />}
    </section>
  );
}

function Confusion({ text, set, report, examples, hasOther }: EvaluationProps & { hasOther: boolean }) {
  const { t } = text;
  if (report.confusion.length === 0) return null;
  const name = setName(text, set);
  const labels = report.perClass.map((row) => row.label);
  const ofChampion = setOfChampion(set);
  const isBefore = ofChampion !== null;
  const own = ofChampion ?? set;
  return (
    <figure class="chart chart-wide">
      <figcaption>
        {hasOther ? <b>{t(isBefore ? "eval.before" : "eval.new")} · </b> : null}
        {t("model.confusionCaption", { set: name })}
      </figcaption>
      <ConfusionMatrix
        text={text}
        name={name}
        labels={labels}
        confusion={report.confusion}
        cellHref={(label, predicted) => examples?.href(set, { label, predicted }) ?? null}
        target={examples?.isLive ? `examples-${idOf(own)}` : undefined}
      />
      {examples === null ? null : <p class="chart-note">{t("chart.cellHint")}</p>}
      <MistakesTable text={text} name={name} labels={labels} confusion={report.confusion} />
    </figure>
  );
}

function Calibrations({ text, set, report }: { text: Text; set: string; report: ReportProps }) {
  const { calibration, before } = report;
  return (
    <>
      {calibration === null ? null : (
        <CalibrationChart text={text} name={setName(text, set)} calibration={calibration} />
      )}
      {before?.calibration == null ? null : (
        <CalibrationChart
          text={text}
          name={setName(text, championSet(set))}
          calibration={before.calibration}
        />
      )}
    </>
  );
}

function Worst({ text, set, examples }: EvaluationProps) {
  const { t } = text;
  const worst = examples?.worst[set] ?? [];
  if (worst.length === 0) return null;
  const all = examples?.href(set, null) ?? null;
  return (
    <div class="stack">
      <h3>{t("examples.worst", { set: setName(text, set) })}</h3>
      <ExampleSheet text={text} examples={worst} />
      {all === null ? null : (
        <p class="small">
          <a href={all}>{t("examples.all")}</a>
        </p>
      )}
    </div>
  );
}

/** Derives an id, because a set's name may contain any character. */
function idOf(set: string): string {
  return set.replaceAll(/[^\w-]+/g, "-");
}
