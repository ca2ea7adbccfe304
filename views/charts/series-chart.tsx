/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import type { Axis, AxisOf } from "./axes/axis.ts";
import { BrokenNote } from "./broken-note.tsx";
import { Legend, type MarkStyle, UprightMark } from "./marks.tsx";
import { Line, Paths, PLOT_EM, Plot, straight } from "./plot.tsx";

/** A point of a curve. */
export interface ChartPoint {
  x: number;
  y: number;
}

/** A measured point, with what is known about it. */
export interface SeriesPoint extends ChartPoint {
  /** The ends of the interval of its uncertainty, where that is known. */
  low?: number | undefined;
  high?: number | undefined;
  /** A description, shown on hover: with the number of images behind it, where that is known. */
  title?: string;
  href?: string;
  /** Names the data that it was measured on: a line joins only points of the same data. */
  on?: string;
}

/** One curve, or points of one kind. */
export interface Series {
  name: string;
  /** In the order of x. Those that are not finite are left out. */
  points: readonly SeriesPoint[];
  style: MarkStyle;
  isDashed?: boolean;
  /** Draws a mark at the last point, at each, or at none. */
  marks: "last" | "all" | "none";
  /** Whether no line joins the points: each was measured on other data. */
  isLoose?: boolean;
}

/** Curves or points in one chart. */
export interface SeriesChartProps {
  text: Text;
  title: string;
  /** The content of the picture in words. */
  description: string;
  series: readonly Series[];
  x: AxisOf;
  y: AxisOf;
  /** Shown below the right end of the x axis. */
  xLabel: string;
  /** Shown instead of an empty picture. */
  empty: string;
  /** A moment to mark, such as the epoch whose weights were kept. */
  moment?: { x: number; label: string } | null;
}

/** More marks than these on a line hide it: only the last one is drawn. */
const MOST_MARKS = 40;
/** Distance between marks of two kinds at the same x, in pixels. */
const APART = 8;

/**
 * Curves and points as SVG, rendered on the server. A line is straight from one measured point to the next, and joins
 * only what was measured on the same data; an interval is drawn wherever it is known.
 */
export function SeriesChart(props: SeriesChartProps) {
  const { text, title, series, empty, moment } = props;
  const drawn = series
    .map((one) => ({ ...one, points: one.points.filter(isFinitePoint) }))
    .filter(({ points }) => points.length > 0);
  if (drawn.length === 0) {
    return (
      <figure class="chart">
        <figcaption>{title}</figcaption>
        <div class="chart-empty">{empty}</div>
      </figure>
    );
  }
  const points = drawn.flatMap((one) => one.points);
  const moments = moment == null ? [] : [{ value: moment.x }];
  const x = props.x([...points.map((point) => ({ value: point.x })), ...moments]);
  const y = props.y(points.map(({ y: value, low, high }) => ({ value, low, high })));
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <Curves {...props} series={drawn} xAxis={x} yAxis={y} />
      {series.length > 1 ? <Legend items={drawn.map(legendItem)} /> : null}
      <BrokenNote text={text} axis={y} />
    </figure>
  );
}

function isFinitePoint({ x, y }: ChartPoint): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function legendItem({ name, style, isDashed, isLoose, marks }: Series) {
  return { name, style, isDashed, isLoose, isUnmarked: marks === "none" };
}

function Curves(props: SeriesChartProps & { xAxis: Axis; yAxis: Axis }) {
  const { series, description, xLabel, moment, xAxis, yAxis } = props;
  const hasLinks = series.some(({ points }) => points.some(({ href }) => href !== undefined));
  const marked = series.filter(({ marks }) => marks === "all");
  return (
    <Plot
      x={xAxis}
      y={yAxis}
      description={description}
      xLabel={xLabel}
      grid="y"
      heightEm={PLOT_EM}
      hasLinks={hasLinks}
    >
      {moment == null ? null : <Moment at={xAxis.place(moment.x)} label={moment.label} />}
      <Paths>{series.map((one) => (one.isLoose ? null : <Curve series={one} x={xAxis} y={yAxis} />))}</Paths>
      {series.map((one) => {
        const points = markedOf(one);
        const shift = one.marks === "all" ? shiftOf(marked.indexOf(one), marked) : 0;
        return points.map(({ x, y, ...rest }) => (
          <UprightMark
            x={xAxis.place(x)}
            y={yAxis}
            of={{ ...rest, value: y }}
            style={one.style}
            shift={shift}
          />
        ));
      })}
    </Plot>
  );
}

function markedOf({ points, marks, isLoose = false }: Series): readonly SeriesPoint[] {
  if (marks === "none") return [];
  return marks === "all" && (isLoose || points.length <= MOST_MARKS) ? points : points.slice(-1);
}

/** Loose marks of different kinds stay apart; those on a curve must stay on it. */
function shiftOf(index: number, marked: readonly Series[]): number {
  if (!marked.every(({ isLoose }) => isLoose)) return 0;
  return (index - (marked.length - 1) / 2) * APART;
}

function Curve({ series, x, y }: { series: Series; x: Axis; y: Axis }) {
  const { points, style, isDashed = false } = series;
  const parts = partsOf(points);
  return (
    <>
      {parts.map((part) => (
        <path
          class={`chart-line chart-${style}${isDashed ? " is-dashed" : ""}`}
          d={straight(part.map((point) => [x.place(point.x), y.place(point.y)]))}
        />
      ))}
    </>
  );
}

/** The stretches of points that were measured on the same data; single points are none. */
function partsOf(points: readonly SeriesPoint[]): SeriesPoint[][] {
  const parts: SeriesPoint[][] = [];
  for (const point of points) {
    const part = parts.at(-1);
    if (part !== undefined && part.at(-1)!.on === point.on) part.push(point);
    else parts.push([point]);
  }
  return parts.filter(({ length }) => length > 1);
}

/** Its label is above the picture, where no curve is. */
function Moment({ at, label }: { at: number; label: string }) {
  const anchor = at > 0.75 ? "end" : at < 0.25 ? "start" : "middle";
  return (
    <>
      <Line class="chart-moment" x1={at} x2={at} />
      <text class="chart-text" x={`${(100 * at).toFixed(2)}%`} y="-0.9em" text-anchor={anchor}>
        {label}
      </text>
    </>
  );
}
