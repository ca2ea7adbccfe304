/** Long side of the ink in the image in pixels, including the pen width. */
export const INK_BOX_PX = 20;

/** Width in pixels of the round pen that redraws the strokes; about that of MNIST's digits. */
export const PEN_PX = 2.4;

/** Number of subpixels along one side of a pixel. */
export const SUBPIXELS = 8;
