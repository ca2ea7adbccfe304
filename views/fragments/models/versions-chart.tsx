/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { proportion } from "../../../src/domain/monitoring/proportion.ts";
import { shareAxis } from "../../charts/axes/share-axis.ts";
import { wholeAxis } from "../../charts/axes/whole-axis.ts";
import { ChartTable } from "../../charts/chart-table.tsx";
import { type Series, SeriesChart, type SeriesPoint } from "../../charts/series-chart.tsx";
import type { Text } from "../../i18n/text.ts";
import type { ReportProps } from "../report.ts";
import type { ModelRow } from "./model-row.ts";

/**
 * Accuracy of each version on the MNIST test set and on the drawings held out at its time, with its interval. The test
 * set is the same for all versions, so a line joins them; the held-out drawings are not, so nothing joins those, and
 * each has the champion's accuracy on the same drawings beside it.
 */
export function VersionsChart({ text, rows }: { text: Text; rows: readonly ModelRow[] }) {
  const { t } = text;
  const ordered = rows.toSorted((a, b) => a.model.version - b.model.version);
  const onTest = pointsOf(text, ordered, t("models.column.mnist"), ({ mnistTest }) => mnistTest);
  const onHoldout = pointsOf(text, ordered, t("models.column.holdout"), ({ appHoldout }) => appHoldout);
  const ofChampion = pointsOf(
    ...([text, ordered, t("eval.before"), ({ appHoldout }: ModelRow) => appHoldout?.before ?? null] as const),
  );
  // A single point is not a comparison, and the table above has the values.
  if (Math.max(onTest.length, onHoldout.length) < 2) return null;
  const versions = [ordered[0]!.model.version, ordered.at(-1)!.model.version];
  const live = ordered.find((row) => row.isLive)?.model.version;
  const chart = (title: string, series: readonly Series[]) => (
    <SeriesChart
      text={text}
      title={title}
      description={t("models.overTimeAlt", { title, n: series[0]?.points.length ?? 0 })}
      series={series}
      x={wholeAxis(text, versions)}
      y={shareAxis(text)}
      xLabel={t("models.column.version")}
      empty={t("models.noScores")}
      moment={live === undefined ? null : { x: live, label: t("models.live") }}
    />
  );
  return (
    <section class="sheet stack" aria-labelledby="versions-title">
      <h2 id="versions-title">{t("models.overTime")}</h2>
      <p class="small soft">{t("models.overTimeNote")}</p>
      <div class="columns">
        {chart(t("models.column.mnist"), [
          { name: t("models.column.mnist"), points: onTest, style: "ink", marks: "all" },
        ])}
        {chart(t("models.column.holdout"), [
          { name: t("models.thisVersion"), points: onHoldout, style: "accent", marks: "all", isLoose: true },
          { name: t("eval.before"), points: ofChampion, style: "ink", marks: "all", isLoose: true },
        ])}
      </div>
      <Table text={text} rows={ordered} />
    </section>
  );
}

function pointsOf(
  text: Text,
  rows: readonly ModelRow[],
  kind: string,
  of: (row: ModelRow) => ReportProps | null,
): SeriesPoint[] {
  const { t } = text;
  return rows.flatMap((row) => {
    const report = of(row);
    if (report === null) return [];
    const { version } = row.model;
    const name = t("models.name", { version });
    const shown = row.isLive ? t("text.aside", { text: name, aside: t("models.live") }) : name;
    const title = `${shown}${t("text.comma")}${kind}${t("text.colon")}${scoreWords(text, report)}`;
    const { low, high } = intervalOf(report);
    return [
      {
        ...{ x: version, y: report.accuracy, title, href: `/models/${version}` },
        ...(low !== null && high !== null && { low, high }),
        // A version whose classes are others is evaluated on another part of the test set; one without n, on an unknown one.
        on: report.n === null ? `version ${version}` : `${report.n} images`,
      },
    ];
  });
}

function intervalOf({ accuracy, n }: ReportProps) {
  return n === null ? { low: null, high: null } : proportion(Math.round(accuracy * n), n);
}

/** "99.45 % (n = 10,000)". */
function scoreWords({ t, number, percent }: Text, { accuracy, n }: ReportProps): string {
  const share = percent(accuracy, 2);
  return n === null ? share : t("text.aside", { text: share, aside: `n = ${number(n)}` });
}

function Table({ text, rows }: { text: Text; rows: readonly ModelRow[] }) {
  const { t, percent } = text;
  const interval = (report: ReportProps | null) => {
    const { low, high } = report === null ? { low: null, high: null } : intervalOf(report);
    return low === null || high === null
      ? t("value.none")
      : t("learning.range", { low: percent(low, 2), high: percent(high, 2) });
  };
  const score = (report: ReportProps | null) =>
    report === null ? t("value.none") : scoreWords(text, report);
  return (
    <ChartTable
      summary={t("chart.asTable")}
      caption={t("models.overTime")}
      columns={[
        t("models.column.version"),
        t("models.column.mnist"),
        t("monitoring.interval"),
        t("models.column.holdout"),
        t("monitoring.interval"),
        t("eval.before"),
      ]}
      rows={rows.map(({ model, mnistTest, appHoldout }) => [
        t("models.name", { version: model.version }),
        score(mnistTest),
        interval(mnistTest),
        score(appHoldout),
        interval(appHoldout),
        score(appHoldout?.before ?? null),
      ])}
    />
  );
}
