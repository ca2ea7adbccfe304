/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { TimePoint } from "../../../src/domain/monitoring/overview.ts";
import { proportion } from "../../../src/domain/monitoring/proportion.ts";
import { countAxis } from "../../charts/axes/number-axis.ts";
import { shareAxis } from "../../charts/axes/share-axis.ts";
import { timeAxis } from "../../charts/axes/time-axis.ts";
import { ChartTable } from "../../charts/chart-table.tsx";
import { SeriesChart, type SeriesPoint } from "../../charts/series-chart.tsx";
import type { Text } from "../../i18n/text.ts";
import { intervalWords } from "../learning/share-words.ts";
import type { MonitoringProps } from "./live-accuracy.tsx";

/** Only the window of one day has points by the hour. */
const HOURS = 24;

/** Predictions, confidence and accuracy by hour or day; nothing for all time. */
export function OverTime({ text, overview }: MonitoringProps) {
  const { t, number, percent } = text;
  const { points } = overview;
  if (points.length === 0) return null;
  const filled = points.filter(({ predictions, labels }) => predictions > 0 || labels > 0);
  const x = timeAxis(points.map((point) => shortTime(text, point, points.length)));
  return (
    <section class="sheet monitor-sheet" aria-labelledby="time-title">
      <h2 id="time-title">{t("monitoring.overTime")}</h2>
      <div class="columns">
        <SeriesChart
          text={text}
          title={t("monitoring.predictionsOverTime")}
          description={t("monitoring.overTimeAlt", { n: number(overview.counts.n), points: points.length })}
          series={[
            {
              name: t("monitoring.predictions"),
              points:
                filled.length === 0 ? [] : points.map(({ predictions }, i) => ({ x: i, y: predictions })),
              style: "ink",
              marks: "last",
            },
          ]}
          xLabel=""
          x={x}
          y={countAxis(text)}
          empty={t("monitoring.noPredictions")}
        />
        <SeriesChart
          text={text}
          title={t("monitoring.qualityOverTime")}
          description={t("monitoring.qualityAlt", { points: filled.length })}
          series={[
            {
              name: t("monitoring.measured"),
              points: points.flatMap((point, i) => measuredAt(text, point, i)),
              style: "ink",
              marks: "all",
              isLoose: true,
            },
            {
              name: t("monitoring.expected"),
              points: points.flatMap((point, i) => expectedAt(text, point, i)),
              style: "accent",
              marks: "all",
              isLoose: true,
            },
          ]}
          xLabel=""
          x={x}
          y={shareAxis(text)}
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
            t("monitoring.interval"),
            t("monitoring.expected"),
          ]}
          rows={filled.map(({ at, predictions, confidence, labels, correct }) => [
            text.dateTime(at),
            number(predictions),
            number(labels),
            labels === 0 ? t("value.none") : percent(correct / labels),
            intervalWords(text, proportion(correct, labels)),
            confidence === null ? t("value.none") : percent(confidence),
          ])}
        />
      )}
    </section>
  );
}

/** The measured accuracy of a point, on its interval: each is of other drawings, so no line joins them. */
function measuredAt(text: Text, { at, labels, correct }: TimePoint, x: number): SeriesPoint[] {
  const { share, low, high } = proportion(correct, labels);
  if (share === null || low === null || high === null) return [];
  return [
    { ...{ x, y: share, low, high }, title: pointTitle(text, at, "monitoring.measured", share, labels) },
  ];
}

function expectedAt(text: Text, { at, confidence, predictions }: TimePoint, x: number): SeriesPoint[] {
  if (confidence === null) return [];
  return [{ x, y: confidence, title: pointTitle(text, at, "monitoring.expected", confidence, predictions) }];
}

function pointTitle(
  { t, number, percent, dateTime }: Text,
  at: string,
  kind: "monitoring.measured" | "monitoring.expected",
  share: number,
  n: number,
): string {
  const name = `${dateTime(at)}${t("text.comma")}${t(kind)}`;
  return t("chart.shareTitle", { name, share: percent(share), n: number(n) });
}

/** "14:00" of an hour, "1/2" of a day. */
function shortTime(text: Text, { at }: TimePoint, n: number): string {
  if (n === HOURS) return text.time(at).split(":").slice(0, 2).join(":");
  return `${Number(at.slice(5, 7))}/${Number(at.slice(8, 10))}`;
}
