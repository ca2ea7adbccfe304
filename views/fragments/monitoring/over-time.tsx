/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { TimePoint } from "../../../src/domain/monitoring/overview.ts";
import { ChartTable } from "../../charts/chart-table.tsx";
import { SeriesChart } from "../../charts/series-chart.tsx";
import type { Text } from "../../i18n/text.ts";
import type { MonitoringProps } from "./live-accuracy.tsx";

/** Only the window of one day has points by the hour. */
const HOURS = 24;

/** Predictions, confidence and accuracy by hour or day; nothing for all time. */
export function OverTime({ text, overview }: MonitoringProps) {
  const { t, number, percent } = text;
  const { points } = overview;
  if (points.length === 0) return null;
  const filled = points.filter(({ predictions, labels }) => predictions > 0 || labels > 0);
  const formatX = (i: number) => shortTime(text, points, i);
  return (
    <section class="sheet monitor-sheet" aria-labelledby="time-title">
      <h2 id="time-title">{t("monitoring.overTime")}</h2>
      <div class="columns">
        <SeriesChart
          title={t("monitoring.predictionsOverTime")}
          description={t("monitoring.overTimeAlt", { n: number(overview.counts.n), points: points.length })}
          series={[
            {
              name: t("monitoring.predictions"),
              points: filled.length === 0 ? [] : points.map(({ predictions }, x) => ({ x, y: predictions })),
              style: "ink",
              marks: "last",
            },
          ]}
          xLabel=""
          formatX={formatX}
          formatY={(value) => number(value)}
          yDomain={[0, 1]}
          yLimits={[0, Number.POSITIVE_INFINITY]}
          empty={t("monitoring.noPredictions")}
        />
        <SeriesChart
          title={t("monitoring.qualityOverTime")}
          description={t("monitoring.qualityAlt", { points: filled.length })}
          series={[
            {
              name: t("monitoring.measured"),
              points: points.flatMap(({ labels, correct }, x) =>
                labels === 0 ? [] : [{ x, y: correct / labels }],
              ),
              style: "ink",
              marks: "all",
            },
            {
              name: t("monitoring.expected"),
              points: points.flatMap(({ confidence }, x) =>
                confidence === null ? [] : [{ x, y: confidence }],
              ),
              style: "accent",
              isDashed: true,
              marks: "last",
            },
          ]}
          xLabel=""
          formatX={formatX}
          formatY={(value) => percent(value, 0)}
          xDomain={[0, points.length - 1]}
          yLimits={[0, 1]}
          empty={t("monitoring.noPredictions")}
        />
      </div>
      {filled.length === 0 ? null : (
        <ChartTable
          summary={t("chart.asTable")}
          caption={t("monitoring.overTime")}
          columns={[
            t("monitoring.time"),
            t("monitoring.predictions"),
            t("monitoring.labels"),
            t("monitoring.measured"),
            t("monitoring.expected"),
          ]}
          rows={filled.map(({ at, predictions, confidence, labels, correct }) => [
            text.dateTime(at),
            number(predictions),
            number(labels),
            labels === 0 ? t("value.none") : percent(correct / labels),
            confidence === null ? t("value.none") : percent(confidence),
          ])}
        />
      )}
    </section>
  );
}

/** "14:00" of hours, "1/2" of days; empty beyond the points. */
function shortTime(text: Text, points: readonly TimePoint[], i: number): string {
  const at = points[i]?.at;
  if (at === undefined) return "";
  if (points.length === HOURS) return text.time(at).split(":").slice(0, 2).join(":");
  return `${Number(at.slice(5, 7))}/${Number(at.slice(8, 10))}`;
}
