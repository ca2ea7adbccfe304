import type { Drawing } from "../../../src/domain/drawing.ts";

/** Width of the ink as a share of the canvas. */
const INK = 0.045;

/** The ink of a drawing as SVG: attributes of the picture and of its one path, which is stroked. */
export interface InkPath {
  /** `viewBox`. */
  view: string;
  /** `d`. */
  path: string;
  /** `stroke-width`. */
  width: number;
}

/** The ink as a person drew it. Ink at the edge of the canvas is not cut. */
export function inkPath({ strokes, width, height }: Drawing): InkPath {
  const ink = Math.max(width, height) * INK;
  const view = [-ink / 2, -ink / 2, width + ink, height + ink].map(round).join(" ");
  return { view, path: strokes.map(pathOf).join(""), width: round(ink) };
}

/** A dot is a line of no length, which round ends make visible. */
function pathOf(stroke: Drawing["strokes"][number]): string {
  const points = stroke.map(([x, y]) => `${round(x)} ${round(y)}`);
  return `M${points[0]}L${(points.length > 1 ? points.slice(1) : points).join(" ")}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
