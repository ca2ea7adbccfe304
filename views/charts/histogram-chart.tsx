/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { scaleLinear } from "d3-scale";
import type { Text } from "../i18n/text.ts";
import { type Frame, px, YAxis } from "./axes.tsx";
import { ChartTable } from "./chart-table.tsx";

/** One bin of a histogram, or one category. */
export interface HistogramBin {
  /** In the table. */
  name: string;
  /** Below the axis, where there is room. */
  short: string;
  n: number;
  /** Of the reference; null without one. */
  reference: number | null;
}

/** A histogram of what was measured, with that of the reference. */
export interface HistogramChartProps {
  text: Text;
  title: string;
  /** The content of the picture in words. */
  description: string;
  /** Names the bins, in the table. */
  binName: string;
  bins: readonly HistogramBin[];
}

const FRAME: Frame = { width: 360, height: 150, margin: { top: 8, right: 8, bottom: 22, left: 46 } };
/** Names below the axis that have room beside each other. */
const MAX_NAMES = 8;

/** The share of each bin as a bar, and the reference's as a line of steps. */
export function HistogramChart(props: HistogramChartProps) {
  const { text, title, binName, bins } = props;
  const { t, number, percent } = text;
  const [total, ofReference] = totalsOf(bins);
  const hasReference = ofReference > 0;
  return (
    <figure class="chart">
      <figcaption class="small soft">{title}</figcaption>
      <Bars {...props} />
      <ChartTable
        summary={t("chart.asTable")}
        caption={title}
        columns={[
          binName,
          t("monitoring.predictions"),
          t("monitoring.share"),
          ...(hasReference ? [t("monitoring.reference")] : []),
        ]}
        rows={bins.map(({ name, n, reference }) => [
          name,
          number(n),
          percent(total === 0 ? 0 : n / total),
          ...(hasReference ? [percent((reference ?? 0) / ofReference)] : []),
        ])}
      />
    </figure>
  );
}

function Bars({ text: { percent }, description, bins }: HistogramChartProps) {
  const { width, height, margin } = FRAME;
  const [total, ofReference] = totalsOf(bins);
  const shares = bins.map(({ n }) => (total === 0 ? 0 : n / total));
  const references = bins.map(({ reference }) => (ofReference === 0 ? 0 : (reference ?? 0) / ofReference));
  const y = scaleLinear(
    [0, Math.max(0.05, ...shares, ...references)],
    [height - margin.bottom, margin.top],
  ).nice(3);
  const step = (width - margin.left - margin.right) / bins.length;
  const left = (i: number) => margin.left + i * step;
  const every = Math.ceil(bins.length / MAX_NAMES);
  const path = references.map(
    (share, i) => `${i === 0 ? "M" : "L"}${px(left(i))} ${px(y(share))}H${px(left(i + 1))}`,
  );
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={description}>
      <YAxis frame={FRAME} scale={y} ticks={3} format={(value) => percent(value, 0)} />
      {shares.map((share, i) => (
        <rect
          class="chart-count"
          x={px(left(i) + 0.5)}
          width={px(step - 1)}
          y={px(y(share))}
          height={px(y(0) - y(share))}
        >
          <title>{`${bins[i]!.name} ${percent(share)}`}</title>
        </rect>
      ))}
      {ofReference === 0 ? null : <path class="chart-line chart-accent" d={path.join("")} />}
      {bins.map(({ short }, i) =>
        i % every === 0 ? (
          <text class="chart-text" x={px(left(i) + step / 2)} y={height - 7} text-anchor="middle">
            {short}
          </text>
        ) : null,
      )}
    </svg>
  );
}

function totalsOf(bins: readonly HistogramBin[]): [live: number, reference: number] {
  return [
    bins.reduce((sum, { n }) => sum + n, 0),
    bins.reduce((sum, { reference }) => sum + (reference ?? 0), 0),
  ];
}
