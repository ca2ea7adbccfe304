/** @jsxRuntime automatic @jsxImportSource hono/jsx */
/** Size of a chart and the margins around its plot area, in its own units. */
export interface Frame {
  width: number;
  height: number;
  margin: { top: number; right: number; bottom: number; left: number };
}

interface Scale {
  (value: number): number;
  ticks(count: number): number[];
}

/** Scale, ticks and format of one axis. */
export interface AxisProps {
  frame: Frame;
  scale: Scale;
  ticks: number;
  format(value: number): string;
}

/** Lines across the plot area, with their values on the left. */
export function YAxis({ frame: { width, margin }, scale, ticks, format }: AxisProps) {
  return (
    <>
      {scale.ticks(ticks).map((tick) => (
        <>
          <line
            class="chart-grid"
            x1={margin.left}
            x2={width - margin.right}
            y1={px(scale(tick))}
            y2={px(scale(tick))}
          />
          <text class="chart-text" x={margin.left - 8} y={px(scale(tick) + 4)} text-anchor="end">
            {format(tick)}
          </text>
        </>
      ))}
    </>
  );
}

/** Values along the lower edge, with their name in the corner. */
export function XAxis({
  frame: { height, margin },
  scale,
  ticks,
  format,
  label,
}: AxisProps & { label: string }) {
  return (
    <>
      {scale.ticks(ticks).map((tick) => (
        <text class="chart-text" x={px(scale(tick))} y={height - 8} text-anchor="middle">
          {format(tick)}
        </text>
      ))}
      <text class="chart-text" x={margin.left - 8} y={height - 8} text-anchor="end">
        {label}
      </text>
    </>
  );
}

/** Formats a coordinate with one decimal place, which is enough for any picture and keeps pages small. */
export function px(value: number): string {
  return value.toFixed(1);
}
