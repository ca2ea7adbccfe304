import { curveBumpY, line } from "d3-shape";

/** A point of the picture, in CSS pixels at zoom 1. */
export interface Point {
  x: number;
  y: number;
}

/** Length of the arrowhead; the line ends where it starts. */
const HEAD_PX = 6;
const HEAD_HALF_PX = 3.5;

/** A smooth downward line through the points, and its arrowhead, as two SVG paths. */
export function edgePath(points: readonly Point[]): { line: string; head: string } {
  const last = points.at(-1)!;
  const tip = { x: last.x, y: last.y };
  const neck = { x: last.x, y: last.y - HEAD_PX };
  const smooth = line<Point>(
    ({ x }) => x,
    ({ y }) => y,
  )
    .digits(1)
    .curve(curveBumpY);
  const d = smooth([...points.slice(0, -1), neck]) ?? "";
  const head = `M${px(tip.x)},${px(tip.y)}L${px(neck.x - HEAD_HALF_PX)},${px(neck.y)}L${px(neck.x + HEAD_HALF_PX)},${px(neck.y)}Z`;
  return { line: d, head };
}

/** Formats a coordinate with one decimal place. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
