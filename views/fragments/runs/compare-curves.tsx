/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { numberAxis } from "../../charts/axes/number-axis.ts";
import { shareAxis } from "../../charts/axes/share-axis.ts";
import { wholeAxis } from "../../charts/axes/whole-axis.ts";
import type { MarkStyle } from "../../charts/marks.tsx";
import { SeriesChart } from "../../charts/series-chart.tsx";
import type { Text } from "../../i18n/text.ts";
import type { EpochRow } from "./training-curves.tsx";

/** The curves of several runs. */
export interface CompareCurvesProps {
  text: Text;
  /** Of the runs, in their order. */
  names: readonly string[];
  curves: readonly (readonly EpochRow[])[];
}

/** The looks of up to five curves: colour, dashes, and marks at every epoch tell them apart. */
const LOOKS: readonly { style: MarkStyle; isDashed: boolean; marks: "last" | "all" }[] = [
  { style: "ink", isDashed: false, marks: "last" },
  { style: "accent", isDashed: false, marks: "last" },
  { style: "ink", isDashed: true, marks: "last" },
  { style: "accent", isDashed: true, marks: "last" },
  { style: "ink", isDashed: false, marks: "all" },
];

/** Loss and validation accuracy of runs over one another. */
export function CompareCurves({ text, names, curves }: CompareCurvesProps) {
  const { t, number } = text;
  const seriesOf = (of: (row: EpochRow) => number | null) =>
    curves.map((rows, i) => ({
      ...LOOKS[i % LOOKS.length]!,
      name:
        LOOKS[i % LOOKS.length]!.marks === "all" ? t("compare.withMarks", { name: names[i]! }) : names[i]!,
      points: rows.flatMap((row) => {
        const y = of(row);
        return y === null ? [] : [{ x: row.epoch, y, title: `${names[i]}: ${number(y, 4)}` }];
      }),
    }));
  const chart = {
    text,
    x: wholeAxis(text, [0, 1]),
    xLabel: t("run.axis.epoch"),
    empty: t("compare.noCurves"),
  };
  return (
    <section class="sheet" aria-labelledby="compare-curves">
      <h2 id="compare-curves">{t("run.curves")}</h2>
      <div class="columns">
        <SeriesChart
          {...chart}
          title={t("run.trainLoss")}
          description={t("compare.chartAlt", { what: t("run.trainLoss"), n: curves.length })}
          series={seriesOf(({ loss }) => loss)}
          y={numberAxis(text)}
        />
        <SeriesChart
          {...chart}
          title={t("run.valLoss")}
          description={t("compare.chartAlt", { what: t("run.valLoss"), n: curves.length })}
          series={seriesOf(({ valLoss }) => valLoss)}
          y={numberAxis(text)}
        />
        <SeriesChart
          {...chart}
          title={t("run.accuracyChart")}
          description={t("compare.chartAlt", { what: t("run.accuracyChart"), n: curves.length })}
          series={seriesOf(({ valAccuracy }) => valAccuracy)}
          y={shareAxis(text)}
        />
      </div>
    </section>
  );
}
