import type { Orientation } from "../query.ts";
import type { Box } from "./box.ts";
import type { Point } from "./edge-path.ts";

/** Converts between a picture and the same picture with its data flowing downwards; the inverse of itself. */
export type Turn = (box: Box) => Box;

/** The conversion for a picture whose data flows in this direction. */
export function turnFor(orientation: Orientation): Turn {
  if (orientation === "down") return (box) => box;
  return ({ x, y, width, height }) => ({ x: y, y: x, width: height, height: width });
}

/** The same for a point. */
export function turnPoint({ x, y }: Point, orientation: Orientation): Point {
  return orientation === "down" ? { x, y } : { x: y, y: x };
}
