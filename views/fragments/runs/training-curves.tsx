/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { ChartTable } from "../../charts/chart-table.tsx";
import { type ChartPoint, SeriesChart, type SeriesChartProps } from "../../charts/series-chart.tsx";
import type { Text } from "../../i18n/text.ts";

/** One epoch of a training; values that were not measured are null. */
export interface EpochRow {
  epoch: number;
  loss: number | null;
  valLoss: number | null;
  /** 0..1 */
  valAccuracy: number | null;
  learningRate: number | null;
  samplesPerS: number | null;
}

/** The course of a training. x in epochs. */
export interface TrainingCurvesProps {
  text: Text;
  /** Losses at the end of each epoch, and within the current one. */
  losses: readonly ChartPoint[];
  learningRates: readonly ChartPoint[];
  speeds: readonly ChartPoint[];
  /** Finished epochs. */
  epochs: readonly EpochRow[];
  /** The planned number of epochs, if known. */
  epochCount: number | null;
  /** The best epoch so far, or the one whose weights were kept; null when unknown. */
  bestEpoch: number | null;
}

/** Loss, accuracy, learning rate and throughput of a training as charts and as one table. */
export function TrainingCurves(props: TrainingCurvesProps) {
  const { text, losses, learningRates, speeds, epochs } = props;
  const { t, number, percent } = text;
  const valLosses = curveOf(epochs, ({ valLoss }) => valLoss);
  const accuracies = curveOf(epochs, ({ valAccuracy }) => valAccuracy);
  return (
    <div class="stack">
      <div class="columns">
        <SeriesChart
          {...common(props)}
          title={t("run.lossChart")}
          description={t("run.lossChartAlt", { n: losses.length, last: number(losses.at(-1)?.y ?? 0, 4) })}
          series={[
            { name: t("run.trainLoss"), points: losses, style: "ink", marks: "last" },
            { name: t("run.valLoss"), points: valLosses, style: "accent", isDashed: true, marks: "all" },
          ]}
          formatY={(y) => number(y, 2)}
          yDomain={[0, 0]}
        />
        <SeriesChart
          {...common(props)}
          title={t("run.accuracyChart")}
          description={t("run.accuracyChartAlt", {
            n: accuracies.length,
            last: percent(accuracies.at(-1)?.y ?? 0, 2),
          })}
          series={[{ name: t("run.accuracyChart"), points: accuracies, style: "accent", marks: "all" }]}
          formatY={(y) => percent(y)}
          yLimits={[0, 1]}
        />
        <SeriesChart
          {...common(props)}
          moment={null}
          title={t("run.learningRateChart")}
          description={t("run.learningRateChartAlt", { last: rateText(learningRates.at(-1)?.y ?? 0) })}
          series={[{ name: t("run.learningRateChart"), points: learningRates, style: "ink", marks: "last" }]}
          formatY={rateText}
          yDomain={[0, 0]}
        />
        <SeriesChart
          {...common(props)}
          moment={null}
          title={t("run.speedChart")}
          description={t("run.speedChartAlt", { last: number(speeds.at(-1)?.y ?? 0) })}
          series={[{ name: t("run.speedChart"), points: speeds, style: "ink", marks: "last" }]}
          formatY={(y) => number(y)}
          yDomain={[0, 0]}
        />
      </div>
      {epochs.length === 0 ? null : <EpochTable {...props} />}
    </div>
  );
}

function common({
  text: { t },
  epochCount,
  bestEpoch,
}: TrainingCurvesProps): Pick<SeriesChartProps, "xLabel" | "empty" | "xDomain" | "moment"> {
  return {
    xLabel: t("run.axis.epoch"),
    empty: t("run.noCurve"),
    xDomain: [0, epochCount ?? 0],
    moment: bestEpoch === null ? null : { x: bestEpoch, label: t("run.bestEpoch", { epoch: bestEpoch }) },
  };
}

function EpochTable({ text, epochs, bestEpoch }: TrainingCurvesProps) {
  const { t, number, percent } = text;
  const figure = (value: number | null, words: (value: number) => string) =>
    value === null ? t("value.none") : words(value);
  const columns = [
    "run.axis.epoch",
    "run.trainLoss",
    "run.valLoss",
    "run.accuracyChart",
    "run.learningRateChart",
    "run.speedChart",
  ] as const;
  return (
    <ChartTable
      summary={t("chart.asTable")}
      caption={t("run.epochsCaption")}
      columns={columns.map((key) => t(key))}
      rows={epochs.map((row) => [
        row.epoch === bestEpoch ? t("run.epochIsBest", { epoch: row.epoch }) : String(row.epoch),
        figure(row.loss, (loss) => number(loss, 4)),
        figure(row.valLoss, (loss) => number(loss, 4)),
        figure(row.valAccuracy, (share) => percent(share, 2)),
        figure(row.learningRate, rateText),
        figure(row.samplesPerS, (speed) => number(speed)),
      ])}
    />
  );
}

function curveOf(epochs: readonly EpochRow[], of: (row: EpochRow) => number | null): ChartPoint[] {
  return epochs.flatMap((row) => {
    const y = of(row);
    return y === null ? [] : [{ x: row.epoch, y }];
  });
}

/** Formats a learning rate with two digits, because rates span decades. */
function rateText(rate: number): string {
  return rate === 0 || rate >= 0.01 ? String(Number(rate.toPrecision(2))) : rate.toExponential(1);
}
