/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { DeploymentPeriod } from "../../src/domain/deployment.ts";
import { shareAxis } from "../charts/axes/share-axis.ts";
import { wholeAxis } from "../charts/axes/whole-axis.ts";
import { ChartTable } from "../charts/chart-table.tsx";
import { HistogramChart } from "../charts/histogram-chart.tsx";
import { IntervalChart } from "../charts/interval-chart.tsx";
import { SeriesChart } from "../charts/series-chart.tsx";
import { Evaluation } from "../fragments/evaluation.tsx";
import { DeploymentsTable } from "../fragments/models/deployments-table.tsx";
import type { ReportProps } from "../fragments/report.ts";
import { Fold } from "../fragments/runs/fold.tsx";
import type { Text } from "../i18n/text.ts";
import { EXAMPLE_TIME } from "./message-examples.tsx";

const DEPLOYMENT: DeploymentPeriod = {
  ...{
    id: 1,
    alias: "champion",
    version: 1,
    previousVersion: null,
    action: "promote",
    by: "start",
    actor: null,
  },
  ...{ isForced: true, verdict: null, reason: "first start", createdAt: EXAMPLE_TIME, until: null },
};

/** A table whose rows become cards on a phone, and one of numbers. */
export function TablesExample({ text }: { text: Text }) {
  const { t, number } = text;
  return (
    <div class="stack">
      <DeploymentsTable text={text} deployments={[DEPLOYMENT]} />
      <ChartTable
        summary={t("chart.asTable")}
        caption={t("styleguide.numbers")}
        columns={[t("model.class"), t("model.images")]}
        rows={["0", "1"].map((label, i) => [label, number(1_000 + i)])}
      />
    </div>
  );
}

/** Facts by name, and a long part that opens on request. */
export function FactsExample({ text }: { text: Text }) {
  const { t } = text;
  return (
    <section class="sheet monitor-sheet">
      <dl class="facts">
        <dt>{t("model.class")}</dt>
        <dd>7</dd>
        <dt>{t("models.deployment.when")}</dt>
        <dd>{text.dateTime(EXAMPLE_TIME)}</dd>
      </dl>
      <ul class="plain-list">
        <li>
          {t("model.class")} 7<span class="small soft block">{t("side.train")}</span>
        </li>
      </ul>
      <Fold title={t("styleguide.numbers")} figure={text.percent(0.5)}>
        <p class="sheet">{t("styleguide.noticeDone")}</p>
      </Fold>
    </section>
  );
}

/** A command to copy. */
export function CommandExample() {
  return (
    <pre class="command" tabindex={0}>
      <code>tegaki run --pipeline tuning</code>
    </pre>
  );
}

/** Curves with axes and a moment; shares with intervals; a histogram with its reference. */
export function ChartsExample({ text }: { text: Text }) {
  const { t } = text;
  const title = t("styleguide.chart");
  const curve = (values: readonly number[]) =>
    values.map((y, i) => ({ x: i + 1, y, title: text.percent(y), href: "#charts" }));
  const rows = ["0", "1", "2"].map((label, i) => ({
    ...{ label, n: 100, share: 0.8 + i / 20, low: 0.72 + i / 20, high: 0.86 + i / 20 },
  }));
  const bins = ["0", "1", "2"].map((name, i) => ({ name, short: name, n: 30 + 10 * i, reference: 40 }));
  return (
    <div class="columns">
      <SeriesChart
        text={text}
        title={title}
        description={title}
        series={[
          { name: t("side.train"), points: curve([0.8, 0.9, 0.93, 0.95]), style: "ink", marks: "all" },
          {
            name: t("side.holdout"),
            points: curve([0.78, 0.86, 0.9, 0.91]),
            style: "accent",
            isDashed: true,
            marks: "last",
          },
        ]}
        x={wholeAxis(text)}
        y={shareAxis(text)}
        xLabel={t("styleguide.axis")}
        empty=""
        moment={{ x: 3, label: t("styleguide.moment") }}
      />
      <IntervalChart
        text={text}
        title={title}
        description={title}
        rowName={t("model.class")}
        countName={t("model.images")}
        rows={rows}
      />
      <HistogramChart text={text} title={title} description={title} binName={t("model.class")} bins={bins} />
    </div>
  );
}

/** Rows are true classes: the last wrong cells are the darkest. */
const CONFUSION = [
  [90, 1, 2, 3],
  [2, 92, 1, 1],
  [4, 0, 88, 4],
  [0, 1, 3, 94],
];

/** The evaluation of a set, with the charts of its classes. */
export function EvaluationExample({ text }: { text: Text }) {
  const report = reportOf(CONFUSION);
  const before = reportOf(CONFUSION.map((row, i) => row.map((n, k) => (i === k ? n - 3 : n + 1))));
  return <Evaluation text={text} set="app_holdout" report={{ ...report, before }} examples={null} />;
}

function reportOf(confusion: readonly (readonly number[])[]): ReportProps {
  const sum = (values: readonly number[]) => values.reduce((total, n) => total + n, 0);
  const perClass = confusion.map((row, i) => ({
    ...{ label: String(i), n: sum(row), recall: row[i]! / sum(row) },
    precision: row[i]! / sum(confusion.map((one) => one[i]!)),
  }));
  const n = sum(perClass.map((row) => row.n));
  const accuracy = sum(confusion.map((row, i) => row[i]!)) / n;
  const bins = [0.6, 0.8].map((from) => ({
    from,
    to: from + 0.2,
    n: n / 2,
    confidence: from + 0.1,
    accuracy: from + 0.08,
  }));
  return { n, accuracy, loss: null, perClass, confusion, calibration: { ece: 0.02, bins }, before: null };
}
