export const IMAGE_ROWS = 28;
export const IMAGE_COLS = 28;
export const IMAGE_PIXELS = IMAGE_ROWS * IMAGE_COLS;

/** Changes whenever `rasterise` gives another image for the same strokes. Stored with every sample. */
export const PREPROCESSING_VERSION = 1;
