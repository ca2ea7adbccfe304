/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Axis, Tick } from "./axes/axis.ts";
import { widthOf } from "./labels.ts";

/** The frame of a chart: both axes, and the picture between them. */
export interface PlotProps {
  x: Axis;
  y: Axis;
  /** The content of the picture in words; null for one that another picture describes. */
  description: string | null;
  /** Names the lower axis, below its right end. */
  xLabel?: string;
  /** Lines across the picture at the ticks of one axis. */
  grid: "x" | "y";
  /** Height of the picture in sizes of its text. */
  heightEm: number;
  /** Whether marks are links, so that the picture is more than an image. */
  hasLinks?: boolean;
  /** Widest of the labels beside pictures that are above each other, so that their left ends are, too. */
  besideEm?: number;
  children?: Child;
}

/** Height of a picture that is not made of rows. */
export const PLOT_EM = 13;
/** Height of a row of a chart of rows. */
export const ROW_EM = 1.9;

/**
 * The axes of a chart, and what is drawn between them. Places within the picture are percentages and text has the size
 * of the page's, so that a chart of any width has the same text. Rendered without inline styles, which are not allowed.
 */
export function Plot(props: PlotProps) {
  const { x, y, description, xLabel = "", grid, heightEm, hasLinks = false, children } = props;
  const { besideEm = labelsEm(y) } = props;
  return (
    <div class="plot">
      <svg class="plot-y" width={em(besideEm)} height={em(heightEm)} aria-hidden="true">
        {y.ticks.map(({ at, label }) => (
          <text class="chart-text" x="100%" dx="-0.6em" y={percent(1 - at)} dy="0.35em" text-anchor="end">
            {label}
          </text>
        ))}
      </svg>
      <svg
        class="plot-area"
        width="100%"
        height={em(heightEm)}
        role={description === null ? "presentation" : hasLinks ? "group" : "img"}
        aria-label={description ?? undefined}
      >
        {grid === "y"
          ? y.ticks.map(({ at }) => <Line class="chart-grid" y1={at} y2={at} />)
          : x.ticks.map(({ at }) => <Line class="chart-grid" x1={at} x2={at} />)}
        {children}
        {y.brokenAt === null ? null : <Break />}
        {x.brokenAt === null ? null : <Break isSideways />}
      </svg>
      <svg class="plot-x" width="100%" height={em(1.8)} aria-hidden="true">
        {x.ticks.map((tick) => (
          <XLabel tick={tick} />
        ))}
      </svg>
      {xLabel === "" ? null : <span class="plot-name">{xLabel}</span>}
    </div>
  );
}

/** Width of the labels of an axis on the left, with a space. */
export function labelsEm({ ticks }: Axis): number {
  return Math.max(1.5, ...ticks.map(({ label }) => widthOf(label))) + 0.6;
}

function XLabel({ tick: { at, label } }: { tick: Tick }) {
  return (
    <text class="chart-text" x={percent(at)} y="1.35em" text-anchor="middle">
      {label}
    </text>
  );
}

/** Two strokes across the lower end of an axis that does not begin at 0. */
function Break({ isSideways = false }: { isSideways?: boolean }) {
  return (
    <svg x="0" y="100%" width="1" height="1" overflow="visible" aria-hidden="true">
      <path class="chart-break" d={isSideways ? "M3 -1L7 -9M7 -1L11 -9" : "M-4 -3L4 -7M-4 -7L4 -11"} />
    </svg>
  );
}

/** A straight line between two places, 0..1 from the lower left corner of the picture. */
export function Line(props: { class: string; x1?: number; x2?: number; y1?: number; y2?: number }) {
  const { x1 = 0, x2 = 1, y1 = 0, y2 = 1 } = props;
  return (
    <line class={props.class} x1={percent(x1)} x2={percent(x2)} y1={percent(1 - y1)} y2={percent(1 - y2)} />
  );
}

/** Side of the square in which paths are drawn; it is stretched to the picture. */
const SIDE = 1000;

/** Paths over the whole picture; their lines keep their width when it is stretched. */
export function Paths({ children }: { children?: Child }) {
  return (
    <svg
      width="100%"
      height="100%"
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      preserveAspectRatio="none"
      overflow="visible"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** A point of a path: places 0..1 from the lower left corner. */
export type Place = readonly [x: number, y: number];

/** Straight lines from each place to the next, for a path of `Paths`. */
export function straight(places: readonly Place[]): string {
  return places
    .map(([x, y], i) => `${i === 0 ? "M" : "L"}${(SIDE * x).toFixed(1)} ${(SIDE * (1 - y)).toFixed(1)}`)
    .join("");
}

/** Something of a fixed size at a place, 0..1 from the lower left corner. */
export function At({ x, y, children }: { x: number; y: number; children?: Child }) {
  return (
    <svg x={percent(x)} y={percent(1 - y)} width="1" height="1" overflow="visible" role="presentation">
      {children}
    </svg>
  );
}

/** 0..1 as a coordinate. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}

function em(size: number): string {
  return `${size.toFixed(1)}em`;
}
