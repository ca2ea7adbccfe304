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
