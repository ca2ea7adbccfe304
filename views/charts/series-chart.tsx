/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { scaleLinear } from "d3-scale";
import { curveMonotoneX, line } from "d3-shape";
import { type Frame, px, XAxis, YAxis } from "./axes.tsx";
import { Legend, Mark, type MarkStyle } from "./marks.tsx";

/** A point of a curve. */
export interface ChartPoint {
  x: number;
  y: number;
}

/** A point with a title and a link. */
export interface SeriesPoint extends ChartPoint {
  /** A description, shown on hover. */
  title?: string;
  href?: string;
}

/** One curve. */
interface Series {
  name: string;
  points: readonly SeriesPoint[];
  style: MarkStyle;
  isDashed?: boolean;
  /** Draws a mark at the last point, or at each. */
  marks: "last" | "all";
}

/** Curves in one chart. */
export interface SeriesChartProps {
  title: string;
  /** The content of the picture in words. */
  description: string;
  series: readonly Series[];
  /** Shown below the right end of the x axis. */
  xLabel: string;
  formatY(value: number): string;
  formatX?(value: number): string;
  /** Shown instead of an empty picture. */
  empty: string;
  /** Minimum range of the axes, extended when the points need more. */
  xDomain?: readonly [min: number, max: number];
  yDomain?: readonly [min: number, max: number];
  /** Possible values of y: the axis does not extend beyond them. */
  yLimits?: readonly [min: number, max: number];
  /** A moment to mark, such as the epoch whose weights were kept. */
  moment?: { x: number; label: string } | null;
}

const FRAME: Frame = { width: 360, height: 180, margin: { top: 8, right: 8, bottom: 24, left: 46 } };

/** Curves over whole numbers as SVG, rendered on the server without inline styles, which are not allowed. */
export function SeriesChart(props: SeriesChartProps) {
  const { title, series, empty } = props;
  const drawn = series.filter(({ points }) => points.length > 0);
  return (
    <figure class="chart">
      <figcaption class="small soft">{title}</figcaption>
      {drawn.length === 0 ? (
        <div class="chart-empty">{empty}</div>
      ) : (
        <>
          <Curves {...props} series={drawn} />
          {series.length > 1 ? <Legend items={drawn} /> : null}
        </>
      )}
    </figure>
  );
}

function Curves({
  series,
  description,
  xLabel,
  formatX = String,
  formatY,
  xDomain = [0, 0],
  yDomain,
  yLimits = [-Infinity, Infinity],
  moment,
}: SeriesChartProps) {
  const { width, height, margin } = FRAME;
  const points = series.flatMap((one) => one.points);
  const xs = points.map((point) => point.x);
  const x = scaleLinear(
    [Math.min(xDomain[0], ...xs), Math.max(xDomain[1], ...xs, xDomain[0] + 1e-9)],
    [margin.left, width - margin.right],
  );
  const [low, high] = domainOf(
    points.map((point) => point.y),
    yDomain,
  );
  const y = scaleLinear([low, high], [height - margin.bottom, margin.top]).nice(4);
  y.domain(y.domain().map((end) => Math.min(yLimits[1], Math.max(yLimits[0], end))));
  const wholeX = Object.assign((value: number) => x(value), {
    ticks: (count: number) => x.ticks(count).filter((tick) => Number.isInteger(tick)),
  });
  const hasLinks = points.some(({ href }) => href !== undefined);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role={hasLinks ? "group" : "img"} aria-label={description}>
      <YAxis frame={FRAME} scale={y} ticks={4} format={formatY} />
      <XAxis frame={FRAME} scale={wholeX} ticks={6} format={formatX} label={xLabel} />
      {moment == null ? null : <Moment x={x(moment.x)} label={moment.label} />}
      {series.map((one) => (
        <Curve series={one} x={x} y={y} />
      ))}
    </svg>
  );
}

type Place = (value: number) => number;

function Curve({ series, x, y }: { series: Series; x: Place; y: Place }) {
  const { points, style, isDashed = false, marks } = series;
  const path = line<ChartPoint>(
    (p) => x(p.x),
    (p) => y(p.y),
  ).curve(curveMonotoneX)([...points]);
  const marked = marks === "all" ? points : points.slice(-1);
  return (
    <>
      <path class={`chart-line chart-${style}${isDashed ? " is-dashed" : ""}`} d={path ?? ""} />
      {marked.map(({ href, title, ...point }) => {
        const mark = <Mark x={x(point.x)} y={y(point.y)} style={style} title={title} />;
        return href === undefined ? (
          mark
        ) : (
          <a href={href} aria-label={title}>
            {mark}
          </a>
        );
      })}
    </>
  );
}

function Moment({ x, label }: { x: number; label: string }) {
  const { width, height, margin } = FRAME;
  const isRight = x > width * 0.6;
  return (
    <>
      <line class="chart-moment" x1={px(x)} x2={px(x)} y1={margin.top} y2={height - margin.bottom} />
      <text
        class="chart-text"
        x={px(x + (isRight ? -5 : 5))}
        y={height - margin.bottom - 6}
        text-anchor={isRight ? "end" : "start"}
      >
        {label}
      </text>
    </>
  );
}

/** The range of y; a flat curve still gets some height. */
function domainOf(ys: readonly number[], yDomain: readonly [number, number] | undefined): [number, number] {
  const low = Math.min(...ys, ...(yDomain === undefined ? [] : [yDomain[0]]));
  const high = Math.max(...ys, ...(yDomain === undefined ? [] : [yDomain[1]]));
  if (high > low) return [low, high];
  const room = Math.abs(low) / 2 || 0.5;
  return [low - room, high + room];
}
