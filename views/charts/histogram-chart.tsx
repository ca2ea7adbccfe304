/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import { type Axis, distinct, fitting } from "./axes/axis.ts";
import { shareAxis } from "./axes/share-axis.ts";
import { ChartTable } from "./chart-table.tsx";
import { Paths, type Place, Plot, percent, straight } from "./plot.tsx";

/** One bin of a histogram, or one category. */
export interface HistogramBin {
  /** In the table. */
  name: string;
  /** Below the axis, where there is room: of a range, its lower end. */
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
  /** Whether bins are ranges: a short name then is below the lower end of its bar, not below its middle. */
  areRanges?: boolean;
}

const HEIGHT_EM = 10;
/** Share of a bar's width that is left free beside it. */
const GAP = 0.08;

/** The share of each bin as a bar, and the reference's as a line of steps. */
export function HistogramChart(props: HistogramChartProps) {
  const { text, title, binName, bins } = props;
  const { t, number, percent } = text;
  const [total, ofReference] = totalsOf(bins);
  const hasReference = ofReference > 0;
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
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

function Bars({ text, description, bins, areRanges = false }: HistogramChartProps) {
  const [total, ofReference] = totalsOf(bins);
  const shares = bins.map(({ n }) => (total === 0 ? 0 : n / total));
  const references = bins.map(({ reference }) => (ofReference === 0 ? 0 : (reference ?? 0) / ofReference));
  const y = shareAxis(text, { isFromZero: true })([...shares, ...references].map((value) => ({ value })));
  const width = 1 / bins.length;
  const steps = references.flatMap((share, i): Place[] => [
    [i * width, y.place(share)],
    [(i + 1) * width, y.place(share)],
  ]);
  return (
    <Plot x={binAxis(bins, areRanges)} y={y} description={description} grid="y" heightEm={HEIGHT_EM}>
      {shares.map((share, i) => (
        <rect
          class="chart-count"
          x={percent((i + GAP / 2) * width)}
          width={percent((1 - GAP) * width)}
          y={percent(1 - y.place(share))}
          height={percent(y.place(share))}
        >
          <title>{`${bins[i]!.name} ${text.percent(share)} (${text.number(bins[i]!.n)})`}</title>
        </rect>
      ))}
      {ofReference === 0 ? null : (
        <Paths>
          <path class="chart-line chart-accent" d={straight(steps)} />
        </Paths>
      )}
    </Plot>
  );
}

/** Short names below the bins, as many as have room, each once. */
function binAxis(bins: readonly HistogramBin[], areRanges: boolean): Axis {
  const place = (index: number) => (index + (areRanges ? 0 : 0.5)) / bins.length;
  const named = bins.map(({ short }, i) => ({ at: place(i), label: short }));
  const attempts = bins.map((_, k) => named.filter(({ label }, i) => label !== "" && i % (k + 1) === 0));
  return { place, ticks: distinct(fitting(attempts)), brokenAt: null };
}

function totalsOf(bins: readonly HistogramBin[]): [live: number, reference: number] {
  return [
    bins.reduce((sum, { n }) => sum + n, 0),
    bins.reduce((sum, { reference }) => sum + (reference ?? 0), 0),
  ];
}
