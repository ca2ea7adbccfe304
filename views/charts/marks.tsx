/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { symbol, symbolCircle, symbolDiamond } from "d3-shape";
import { px } from "./axes.tsx";

/** The look of the marks of one kind: both colour and shape differ, for anyone who cannot distinguish the colours. */
export type MarkStyle = "ink" | "accent";

const SHAPES = { ink: symbolCircle, accent: symbolDiamond };

/** One value in a chart. @param title describes it in words. */
export function Mark({
  x,
  y,
  style,
  title,
  size = 28,
}: {
  x: number;
  y: number;
  style: MarkStyle;
  title?: string;
  /** Area in square units. */
  size?: number;
}) {
  return (
    <path
      class={`chart-mark chart-${style}`}
      d={symbol(SHAPES[style], size)() ?? ""}
      transform={`translate(${px(x)} ${px(y)})`}
    >
      {title === undefined ? null : <title>{title}</title>}
    </path>
  );
}

/** One line of the legend. */
export interface LegendItem {
  name: string;
  style: MarkStyle;
  isDashed?: boolean;
  /** Only marks, no line through them. */
  isLoose?: boolean;
  /** Only a line, no marks on it. */
  isUnmarked?: boolean;
}

/** Names the lines of a chart. */
export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul class="chart-legend small">
      {items.map(({ name, style, isDashed = false, isLoose = false, isUnmarked = false }) => (
        <li>
          <svg viewBox="0 0 28 12" width="28" height="12" aria-hidden="true">
            {isLoose ? null : (
              <path class={`chart-line chart-${style}${isDashed ? " is-dashed" : ""}`} d="M1 6H27" />
            )}
            {isUnmarked ? null : <Mark x={14} y={6} style={style} />}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
