/** One point of a stroke: x right, y down, in canvas units; optionally ms since the first point, and pressure 0..1. */
export type Point = readonly [x: number, y: number, tMs?: number, pressure?: number];

/** The points from pen down to pen up, in order. */
export type Stroke = readonly Point[];

/** The raw strokes of a character, which can be rendered again when the preprocessing improves. */
export interface Drawing {
  strokes: readonly Stroke[];
  /** Canvas size in the same units as the points. */
  width: number;
  height: number;
}
