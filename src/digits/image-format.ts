/** Height of a raster image in pixels. */
export const IMAGE_ROWS = 28;
/** Width of a raster image in pixels. */
export const IMAGE_COLS = 28;
/** Number of pixels of a raster image. */
export const IMAGE_PIXELS = IMAGE_ROWS * IMAGE_COLS;

/**
 * Increases whenever `rasterise` returns another image for the same strokes. Stored with every sample and every model.
 * Samples of an older version are rendered again when the store is opened; models stay as they are.
 *
 * 1: all ink. 2: stray strokes are left out.
 */
export const PREPROCESSING_VERSION = 2;
