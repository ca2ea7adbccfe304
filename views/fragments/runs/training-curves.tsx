/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { numberAxis } from "../../charts/axes/number-axis.ts";
import { shareAxis } from "../../charts/axes/share-axis.ts";
import { wholeAxis } from "../../charts/axes/whole-axis.ts";
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
  /** The epoch whose weights are kept: the best so far, or without validation the last; null when unknown. */
  bestEpoch: number | null;
  /** Whether the run has ended. */
  isOver: boolean;
}

/** Loss, accuracy, learning rate and throughput of a training as charts and as one table. */
export function TrainingCurves(props: TrainingCurvesProps) {
  const { text, losses, learningRates, speeds, epochs, isOver } = props;
  const { t, number, percent } = text;
  const valLosses = curveOf(epochs, ({ valLoss }) => valLoss);
  const accuracies = curveOf(epochs, ({ valAccuracy }) => valAccuracy);
  const isUnvalidated = epochs.length > 0 && !isValidated(epochs);
  return (
    <div class="stack">
      <div class="columns">
        <SeriesChart
          {...common(props)}
          title={t("run.lossChart")}
          description={t("run.lossChartAlt", { n: losses.length, last: number(losses.at(-1)?.y ?? 0, 4) })}
          series={[
            { name: t("run.trainLoss"), points: losses, style: "ink", marks: "last" },
            ...(isUnvalidated
              ? []
              : [
                  {
                    ...{ name: t("run.valLoss"), points: valLosses, style: "accent" as const },
                    ...{ isDashed: true, marks: "all" as const },
                  },
                ]),
          ]}
          y={numberAxis(text)}
        />
        {isUnvalidated ? null : (
          <SeriesChart
            {...common(props)}
            title={t("run.accuracyChart")}
            description={t("run.accuracyChartAlt", {
              n: accuracies.length,
              last: percent(accuracies.at(-1)?.y ?? 0, 2),
            })}
            series={[{ name: t("run.accuracyChart"), points: accuracies, style: "accent", marks: "all" }]}
            y={shareAxis(text)}
            empty={t(isOver ? "run.noEpoch" : "run.noEpochYet")}
          />
        )}
        {learningRates.length === 0 ? null : (
          <SeriesChart
            {...common(props)}
            moment={null}
            title={t("run.learningRateChart")}
            description={t("run.learningRateChartAlt", { last: rateText(learningRates.at(-1)?.y ?? 0) })}
            series={[
              { name: t("run.learningRateChart"), points: learningRates, style: "ink", marks: "last" },
            ]}
            y={numberAxis(text)}
          />
        )}
        {speeds.length === 0 ? null : (
          <SeriesChart
            {...common(props)}
            moment={null}
            title={t("run.speedChart")}
            description={t("run.speedChartAlt", { last: number(speeds.at(-1)?.y ?? 0) })}
            series={[{ name: t("run.speedChart"), points: speeds, style: "ink", marks: "last" }]}
            y={numberAxis(text)}
          />
        )}
      </div>
      {isUnvalidated ? <p class="small soft">{t("run.notValidated")}</p> : null}
      {epochs.length === 0 ? null : <EpochTable {...props} />}
    </div>
  );
}

/** Without validation, no epoch is known to be better than another. */
function isValidated(epochs: readonly EpochRow[]): boolean {
  return epochs.some(({ valLoss, valAccuracy }) => valLoss !== null || valAccuracy !== null);
}

function common(
  props: TrainingCurvesProps,
): Pick<SeriesChartProps, "text" | "x" | "xLabel" | "empty" | "moment"> {
  const { text, epochCount, isOver } = props;
  const { t } = text;
  const kept = keptOf(props);
  return {
    text,
    xLabel: t("run.axis.epoch"),
    x: wholeAxis(text, [0, epochCount ?? 0]),
    empty: t(isOver ? "run.noCurve" : "run.noCurveYet"),
    moment: kept === null ? null : { x: kept.epoch, label: t(kept.label, { epoch: kept.epoch }) },
  };
}

/** The epoch whose weights are kept: the best one, or without validation, once training is over, the last one. */
function keptOf({ epochs, bestEpoch, isOver }: TrainingCurvesProps) {
  if (bestEpoch === null) return null;
  if (isValidated(epochs))
    return { epoch: bestEpoch, label: "run.bestEpoch", row: "run.epochIsBest" } as const;
  if (!isOver || epochs.length === 0) return null;
  return { epoch: bestEpoch, label: "run.lastEpoch", row: "run.epochIsLast" } as const;
}

function EpochTable(props: TrainingCurvesProps) {
  const { text, epochs } = props;
  const { t, number, percent } = text;
  const kept = keptOf(props);
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
      caption={t(isValidated(epochs) ? "run.epochsCaption" : "run.epochsUnvalidated")}
      columns={columns.map((key) => t(key))}
      rows={epochs.map((row) => [
        row.epoch === kept?.epoch ? t(kept.row, { epoch: row.epoch }) : String(row.epoch),
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
