/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { symbol, symbolCircle, symbolDiamond } from "d3-shape";
import type { Axis } from "./axes/axis.ts";
import { At, percent } from "./plot.tsx";

/** The look of the marks of one kind: both colour and shape differ, for anyone who cannot distinguish the colours. */
export type MarkStyle = "ink" | "accent";

const SHAPES = { ink: symbolCircle, accent: symbolDiamond };
/** Area of a mark in square pixels. */
const AREA = 44;
/** Radius around a mark that is a link and reacts to a finger, in pixels. */
const TOUCH = 14;

/** The shape of a mark around the origin. @param title describes it in words. */
function Mark({ style, title }: { style: MarkStyle; title?: string | undefined }) {
  return (
    <path class={`chart-mark chart-${style}`} d={symbol(SHAPES[style], AREA)() ?? ""}>
      {title === undefined ? null : <title>{title}</title>}
    </path>
  );
}

/** One measured value, with the interval of its uncertainty where that is known. */
export interface MarkedValue {
  value: number;
  low?: number | undefined;
  high?: number | undefined;
  /** A description, shown on hover: with the number of images behind it, where that is known. */
  title?: string | undefined;
  href?: string | undefined;
}

/** A value above a place of the lower axis, on the line of its interval. @param shift to the right, in pixels. */
export function UprightMark(props: {
  x: number;
  y: Axis;
  of: MarkedValue;
  style: MarkStyle;
  shift?: number;
}) {
  const { x, y, of, style, shift = 0 } = props;
  const { value, low = value, high = value } = of;
  return (
    <svg x={percent(x)} y="0" width="1" height="100%" overflow="visible" role="presentation">
      {low === high ? null : (
        <line
          class={`chart-whisker chart-${style}`}
          x1={shift}
          x2={shift}
          y1={percent(1 - y.place(low))}
          y2={percent(1 - y.place(high))}
        />
      )}
      <At x={0} y={y.place(value)}>
        <g transform={shift === 0 ? undefined : `translate(${shift} 0)`}>
          <Linked of={of} style={style} />
        </g>
      </At>
    </svg>
  );
}

/** The same in a row: the interval is level. @param shift downwards, in pixels. */
export function LevelMark(props: { x: Axis; y: number; of: MarkedValue; style: MarkStyle; shift?: number }) {
  const { x, y, of, style, shift = 0 } = props;
  const { value, low = value, high = value } = of;
  return (
    <svg x="0" y={percent(1 - y)} width="100%" height="1" overflow="visible" role="presentation">
      {low === high ? null : (
        <line
          class={`chart-whisker chart-${style}`}
          x1={percent(x.place(low))}
          x2={percent(x.place(high))}
          y1={shift}
          y2={shift}
        />
      )}
      <svg x={percent(x.place(value))} y="0" width="1" height="1" overflow="visible" role="presentation">
        <g transform={shift === 0 ? undefined : `translate(0 ${shift})`}>
          <Linked of={of} style={style} />
        </g>
      </svg>
    </svg>
  );
}

function Linked({ of: { href, title }, style }: { of: MarkedValue; style: MarkStyle }) {
  const mark = <Mark style={style} title={title} />;
  if (href === undefined) return mark;
  return (
    <a href={href} aria-label={title}>
      <circle class="chart-touch" r={TOUCH} />
      {mark}
    </a>
  );
}

/** One line of the legend. */
export interface LegendItem {
  name: string;
  style: MarkStyle;
  isDashed?: boolean | undefined;
  /** Only marks, no line through them. */
  isLoose?: boolean | undefined;
  /** Only a line, no marks on it. */
  isUnmarked?: boolean | undefined;
}

/** Names the lines of a chart. */
export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul class="chart-legend">
      {items.map(({ name, style, isDashed = false, isLoose = false, isUnmarked = false }) => (
        <li>
          <svg viewBox="0 0 28 12" width="28" height="12" aria-hidden="true">
            {isLoose ? null : (
              <path class={`chart-line chart-${style}${isDashed ? " is-dashed" : ""}`} d="M1 6H27" />
            )}
            {isUnmarked ? null : (
              <g transform="translate(14 6)">
                <Mark style={style} />
              </g>
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
