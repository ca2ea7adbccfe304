import { scaleLinear } from "d3-scale";
import { curveMonotoneX, line } from "d3-shape";

export interface ChartPoint {
  x: number;
  y: number;
}

export interface LineChartProps {
  title: string;
  /** What the picture says, in words. */
  description: string;
  points: readonly ChartPoint[];
  /** Under the right end of the x axis. */
  xLabel: string;
  formatY(value: number): string;
  /** Shown instead of an empty picture. */
  empty: string;
  /** Where the y axis begins and ends at least; stretched when the points need more. */
  yDomain?: readonly [min: number, max: number];
  /** x at the right end, when it is known before the points are in. */
  xMax?: number;
  isAccent?: boolean;
}

const WIDTH = 360;
const HEIGHT = 180;
const MARGIN = { top: 8, right: 8, bottom: 24, left: 46 };

/** One curve as SVG, drawn on the server; presentation attributes only, so that no style is inline. */
export function LineChart(props: LineChartProps) {
  const { title, points, empty, isAccent = false } = props;
  return (
    <figure class={isAccent ? "chart chart-accent" : "chart"}>
      <figcaption class="small soft">{title}</figcaption>
      {points.length === 0 ? <div class="chart-empty">{empty}</div> : <Curve {...props} />}
    </figure>
  );
}

function Curve({ points, description, xLabel, formatY, yDomain, xMax }: LineChartProps) {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const x = scaleLinear(
    [Math.min(0, ...xs), Math.max(xMax ?? 0, ...xs, 1e-9)],
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const [low, high] = domainOf(ys, yDomain);
  const y = scaleLinear([low, high], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const path = line<ChartPoint>(
    (p) => x(p.x),
    (p) => y(p.y),
  ).curve(curveMonotoneX)([...points]);
  const last = points.at(-1)!;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={description}>
      {y.ticks(4).map((tick) => (
        <>
          <line
            class="chart-grid"
            x1={MARGIN.left}
            x2={WIDTH - MARGIN.right}
            y1={px(y(tick))}
            y2={px(y(tick))}
          />
          <text class="chart-text" x={MARGIN.left - 8} y={px(y(tick) + 4)} text-anchor="end">
            {formatY(tick)}
          </text>
        </>
      ))}
      {wholeTicks(x.ticks(6)).map((tick) => (
        <text class="chart-text" x={px(x(tick))} y={HEIGHT - 8} text-anchor="middle">
          {tick}
        </text>
      ))}
      <text class="chart-text" x={MARGIN.left - 8} y={HEIGHT - 8} text-anchor="end">
        {xLabel}
      </text>
      <path class="chart-line" d={path ?? ""} />
      <circle class="chart-dot" cx={px(x(last.x))} cy={px(y(last.y))} r="3.5" />
    </svg>
  );
}

/** A flat curve still gets some height. */
function domainOf(ys: readonly number[], yDomain: readonly [number, number] | undefined): [number, number] {
  const low = Math.min(...ys, ...(yDomain === undefined ? [] : [yDomain[0]]));
  const high = Math.max(...ys, ...(yDomain === undefined ? [] : [yDomain[1]]));
  return high > low ? [low, high] : [low - 0.5, high + 0.5];
}

function wholeTicks(ticks: readonly number[]): number[] {
  return ticks.filter((tick) => Number.isInteger(tick));
}

function px(value: number): string {
  return value.toFixed(1);
}
