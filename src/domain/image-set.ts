/** Greyscale images and their labels, as passed between nodes. Plain data, no tensors. */
export interface ImageSet {
  rows: number;
  cols: number;
  /** uint8 [N, rows, cols], row-major, ink 255 on 0. */
  images: Uint8Array;
  /** uint8 [N], index into `classes`, or `NO_CLASS` in sets that allow it. */
  labels: Uint8Array;
}

/** Label of an image of none of the classes; training teaches the model to be undecided about it. */
export const NO_CLASS = 255;
