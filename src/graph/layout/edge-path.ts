import { curveBumpX, curveBumpY, line } from "d3-shape";
import type { Orientation } from "../query.ts";

/** A point of the picture, in CSS pixels at zoom 1. */
export interface Point {
  x: number;
  y: number;
}

/** Length of the arrowhead; the line ends where it starts. */
const HEAD_PX = 6;
const HEAD_HALF_PX = 3.5;

/** A smooth line through the points, downwards or to the right, and its arrowhead, as two SVG paths. */
export function edgePath(points: readonly Point[], orientation: Orientation): { line: string; head: string } {
  const tip = points.at(-1)!;
  const isDown = orientation === "down";
  const neck = isDown ? { x: tip.x, y: tip.y - HEAD_PX } : { x: tip.x - HEAD_PX, y: tip.y };
  const smooth = line<Point>(
    ({ x }) => x,
    ({ y }) => y,
  )
    .digits(1)
    .curve(isDown ? curveBumpY : curveBumpX);
  const d = smooth([...points.slice(0, -1), neck]) ?? "";
  const side = (half: number) =>
    isDown ? `${px(neck.x + half)},${px(neck.y)}` : `${px(neck.x)},${px(neck.y + half)}`;
  return { line: d, head: `M${px(tip.x)},${px(tip.y)}L${side(-HEAD_HALF_PX)}L${side(HEAD_HALF_PX)}Z` };
}

/** Formats a coordinate with one decimal place. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
