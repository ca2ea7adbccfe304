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

/** Greyscale images and their labels, as pipelines pass them on. Plain data, no tensors. */
export interface ImageSet {
  rows: number;
  cols: number;
  /** uint8 [N, rows, cols], row-major, ink 255 on 0. */
  images: Uint8Array;
  /** [N], index into `classes`; in sets that allow it also `NO_CLASS`. */
  labels: Uint8Array;
}

/** Label of an image that shows none of the classes: training teaches the model to be undecided about it. */
export const NO_CLASS = 255;

export const IMAGE_ROWS = 28;
export const IMAGE_COLS = 28;
export const IMAGE_PIXELS = IMAGE_ROWS * IMAGE_COLS;

/** Changes whenever `rasterise` gives another image for the same strokes. Stored with every sample. */
export const PREPROCESSING_VERSION = 1;
