/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { scaleLinear } from "d3-scale";
import type { Text } from "../i18n/text.ts";
import { px } from "./axes.tsx";
import { ChartTable } from "./chart-table.tsx";
import { labelWidth, shortLabel } from "./labels.ts";
import { Mark } from "./marks.tsx";

/** One share with its interval. */
export interface IntervalRow {
  label: string;
  n: number;
  /** 0..1 */
  share: number;
  low: number;
  high: number;
}

/** Shares with their intervals, one line each. */
export interface IntervalChartProps {
  text: Text;
  title: string;
  /** The content of the picture in words. */
  description: string;
  /** Names the rows, in the table. */
  rowName: string;
  /** Names what is counted, in the table. */
  countName: string;
  rows: readonly IntervalRow[];
}

const WIDTH = 360;
const ROW = 22;
const TOP = 4;
const BOTTOM = 22;
const RIGHT = 12;

/** Each share as a mark on the line of its 95 % interval, from the lowest end to 100 %. */
export function IntervalChart(props: IntervalChartProps) {
  const { text, title, rowName, countName, rows } = props;
  const { t, number, percent } = text;
  return (
    <figure class="chart">
      <figcaption class="small soft">{title}</figcaption>
      <Rows {...props} />
      <ChartTable
        summary={t("chart.asTable")}
        caption={title}
        columns={[rowName, countName, t("monitoring.share"), t("monitoring.interval")]}
        rows={rows.map(({ label, n, share, low, high }) => [
          label,
          number(n),
          percent(share),
          `${percent(low)} – ${percent(high)}`,
        ])}
      />
    </figure>
  );
}

function Rows({ text: { percent }, description, rows }: IntervalChartProps) {
  const left = labelWidth(rows.map(({ label }) => label));
  const height = TOP + rows.length * ROW + BOTTOM;
  const lowest = Math.min(0.95, ...rows.map(({ low }) => low));
  const x = scaleLinear([Math.max(0, Math.floor(lowest * 10) / 10), 1], [left + 6, WIDTH - RIGHT]);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={description}>
      {x.ticks(5).map((tick) => (
        <>
          <line class="chart-grid" x1={px(x(tick))} x2={px(x(tick))} y1={TOP} y2={height - BOTTOM} />
          <text class="chart-text" x={px(x(tick))} y={height - 6} text-anchor="middle">
            {percent(tick, 0)}
          </text>
        </>
      ))}
      {rows.map(({ label, share, low, high }, i) => {
        const y = TOP + (i + 0.5) * ROW;
        return (
          <>
            <text class="chart-label" x={left} y={px(y + 4)} text-anchor="end">
              {shortLabel(label)}
              <title>{label}</title>
            </text>
            <line class="chart-span" x1={px(x(low))} x2={px(x(high))} y1={px(y)} y2={px(y)} />
            <Mark x={x(share)} y={y} style="ink" title={`${label} ${percent(share)}`} />
          </>
        );
      })}
    </svg>
  );
}
