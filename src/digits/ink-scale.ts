/** Long side of the ink in the image, pen included. */
export const INK_BOX_PX = 20;

/** Width of the round pen that redraws the strokes: about that of MNIST's digits. */
export const PEN_PX = 2.4;

/** Subpixels along one side of a pixel. */
export const SUBPIXELS = 8;
