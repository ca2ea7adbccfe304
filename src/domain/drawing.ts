/** One point of a stroke: x to the right, y down, in canvas units; then optionally ms since the first point and pressure 0..1. */
export type Point = readonly [x: number, y: number, tMs?: number, pressure?: number];

/** The points between pen down and pen up, in order. */
export type Stroke = readonly Point[];

/** What somebody drew, raw: it can be rendered again whenever the preprocessing improves. */
export interface Drawing {
  strokes: readonly Stroke[];
  /** Canvas size in the same units as the points. */
  width: number;
  height: number;
}
