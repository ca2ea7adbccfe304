/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import { categoryAxis } from "./axes/category-axis.ts";
import { shareAxis } from "./axes/share-axis.ts";
import { BrokenNote } from "./broken-note.tsx";
import { ChartTable } from "./chart-table.tsx";
import { LevelMark } from "./marks.tsx";
import { Plot, ROW_EM } from "./plot.tsx";

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

/** Each share as a mark on the line of its 95 % interval. */
export function IntervalChart(props: IntervalChartProps) {
  const { text, title, description, rowName, countName, rows } = props;
  const { t, number, percent } = text;
  const x = shareAxis(text)(rows.map(({ share: value, low, high }) => ({ value, low, high })));
  const y = categoryAxis(rows.map(({ label }) => label));
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <Plot x={x} y={y} description={description} grid="x" heightEm={ROW_EM * rows.length}>
        {rows.map(({ label, n, share, low, high }, i) => (
          <LevelMark
            x={x}
            y={y.place(i)}
            style="ink"
            of={{
              ...{ value: share, low, high },
              title: t("chart.shareTitle", { name: label, share: percent(share), n: number(n) }),
            }}
          />
        ))}
      </Plot>
      <BrokenNote text={text} axis={x} />
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
