/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { SeriesChart, type SeriesPoint } from "../../charts/series-chart.tsx";
import type { Text } from "../../i18n/text.ts";
import type { ReportProps } from "../report.ts";
import type { ModelRow } from "./model-row.ts";

/** Accuracy of each version on the test set and on the holdout, in the order of the versions. */
export function VersionsChart({ text, rows }: { text: Text; rows: readonly ModelRow[] }) {
  const { t, percent } = text;
  const ordered = rows.toSorted((a, b) => a.model.version - b.model.version);
  const pointsOf = (set: string, of: (row: ModelRow) => ReportProps | null): SeriesPoint[] =>
    ordered.flatMap((row) => {
      const report = of(row);
      if (report === null) return [];
      const { version } = row.model;
      const name = t("models.name", { version });
      const shown = row.isLive ? t("text.aside", { text: name, aside: t("models.live") }) : name;
      const title = `${shown}${t("text.comma")}${set}${t("text.colon")}${percent(report.accuracy, 2)}`;
      return [{ x: version, y: report.accuracy, title, href: `/models/${version}` }];
    });
  const onTest = pointsOf(t("models.column.mnist"), (row) => row.mnistTest);
  const onHoldout = pointsOf(t("models.column.holdout"), (row) => row.appHoldout);
  // A single point is not a comparison, and the table above has the values.
  if (Math.max(onTest.length, onHoldout.length) < 2) return null;
  const live = ordered.find((row) => row.isLive)?.model.version;
  return (
    <section class="sheet" aria-labelledby="versions-title">
      <h2 id="versions-title">{t("models.overTime")}</h2>
      <SeriesChart
        title={t("models.overTimeChart")}
        description={t("models.overTimeAlt", { n: ordered.length })}
        series={[
          { name: t("models.column.mnist"), points: onTest, style: "ink", marks: "all" },
          {
            name: t("models.column.holdout"),
            points: onHoldout,
            style: "accent",
            isDashed: true,
            marks: "all",
          },
        ]}
        xLabel={t("models.column.version")}
        xDomain={[ordered[0]?.model.version ?? 0, ordered.at(-1)?.model.version ?? 0]}
        formatY={(y) => percent(y)}
        yLimits={[0, 1]}
        empty=""
        moment={live === undefined ? null : { x: live, label: t("models.live") }}
      />
    </section>
  );
}
