/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { type Frame, px, XAxis, YAxis } from "./axes.tsx";
import { Legend, Mark, type MarkStyle } from "./marks.tsx";

/** A share with its interval, at some x. */
interface IntervalPoint {
  x: number;
  /** 0..1. */
  y: number;
  low: number;
  high: number;
  /** A description, shown on hover. */
  title: string;
  href?: string;
}

/** Points of one kind; nothing joins them. */
interface LoosePoints {
  name: string;
  style: MarkStyle;
  points: readonly IntervalPoint[];
}

/** Shares with intervals over a number, and a curve through them if one is known. */
export interface PointsChartProps {
  title: string;
  /** The content of the picture in words. */
  description: string;
  series: readonly LoosePoints[];
  curve?: { name: string; points: readonly { x: number; y: number }[] } | undefined;
  /** Shown below the right end of the x axis. */
  xLabel: string;
  formatX(value: number): string;
  formatY(value: number): string;
  /** Shown instead of an empty picture. */
  empty: string;
}

const FRAME: Frame = { width: 360, height: 200, margin: { top: 8, right: 12, bottom: 24, left: 46 } };

/** How far marks of different kinds at the same x are moved apart. */
const APART = 5;

/** Marks on the lines of their intervals; y begins at 0. */
export function PointsChart(props: PointsChartProps) {
  const { title, series, curve, empty } = props;
  const drawn = series.filter(({ points }) => points.length > 0);
  const items = drawn.map(({ name, style }) => ({ name, style, isLoose: true }));
  const hasCurve = curve !== undefined && curve.points.length > 0;
  return (
    <figure class="chart">
      <figcaption class="small soft">{title}</figcaption>
      {drawn.length === 0 ? (
        <div class="chart-empty">{empty}</div>
      ) : (
        <>
          <Picture {...props} series={drawn} />
          <Legend
            items={[
              ...items,
              ...(hasCurve
                ? [{ name: curve.name, style: "ink" as const, isDashed: true, isUnmarked: true }]
                : []),
            ]}
          />
        </>
      )}
    </figure>
  );
}

function Picture({ description, series, curve, xLabel, formatX, formatY }: PointsChartProps) {
  const { width, height, margin } = FRAME;
  const points = series.flatMap((one) => one.points);
  const fitted = curve?.points ?? [];
  const xs = [...points, ...fitted].map((point) => point.x);
  const x = scaleLinear([0, Math.max(1, ...xs)], [margin.left + APART, width - margin.right]);
  const highest = Math.max(0.001, ...points.map((point) => point.high), ...fitted.map((point) => point.y));
  const y = scaleLinear([0, Math.min(1, highest)], [height - margin.bottom, margin.top]);
  const wholeX = Object.assign((value: number) => x(value), {
    ticks: (count: number) => x.ticks(count).filter((tick) => Number.isInteger(tick)),
  });
  const hasLinks = points.some(({ href }) => href !== undefined);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role={hasLinks ? "group" : "img"} aria-label={description}>
      <YAxis frame={FRAME} scale={y} ticks={4} format={formatY} />
      <XAxis frame={FRAME} scale={wholeX} ticks={5} format={formatX} label={xLabel} />
      {fitted.length === 0 ? null : (
        <path
          class="chart-line chart-ink is-dashed"
          d={
            line<{ x: number; y: number }>(
              (p) => x(p.x),
              (p) => y(p.y),
            )([...fitted]) ?? ""
          }
        />
      )}
      {series.map(({ style, points: some }, s) =>
        some.map((point) => (
          <Interval point={point} style={style} x={x(point.x) + offsetOf(s, series.length)} y={y} />
        )),
      )}
    </svg>
  );
}

/** Marks of different kinds at the same x stay apart. */
function offsetOf(index: number, count: number): number {
  return count === 1 ? 0 : (index - (count - 1) / 2) * APART;
}

function Interval(props: {
  point: IntervalPoint;
  style: MarkStyle;
  x: number;
  y: (value: number) => number;
}) {
  const { point, style, x, y } = props;
  const { low, high, title, href } = point;
  const drawn = (
    <>
      <line class={`chart-line chart-${style}`} x1={px(x)} x2={px(x)} y1={px(y(low))} y2={px(y(high))} />
      <Mark x={x} y={y(point.y)} style={style} title={title} />
    </>
  );
  return href === undefined ? (
    drawn
  ) : (
    <a href={href} aria-label={title}>
      {drawn}
    </a>
  );
}
