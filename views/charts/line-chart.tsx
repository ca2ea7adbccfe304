/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type ChartPoint, SeriesChart, type SeriesChartProps } from "./series-chart.tsx";

/** A single curve. */
export interface LineChartProps
  extends Pick<SeriesChartProps, "title" | "description" | "xLabel" | "formatY" | "empty" | "yDomain"> {
  points: readonly ChartPoint[];
  /** x at the right end, if it is known before all points are. */
  xMax?: number;
  isAccent?: boolean;
}

/** One curve. */
export function LineChart({ points, xMax = 0, isAccent = false, ...rest }: LineChartProps) {
  return (
    <SeriesChart
      {...rest}
      xDomain={[0, xMax]}
      series={[{ name: rest.title, points, style: isAccent ? "accent" : "ink", marks: "last" }]}
    />
  );
}
