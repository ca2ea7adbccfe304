import type { ExamplePicture } from "../../../../views/styleguide/drawing-examples.tsx";
import { IMAGE_COLS, IMAGE_ROWS } from "../../../digits/image-format.ts";
import { rasterise } from "../../../digits/rasterise.ts";
import type { Drawing } from "../../../domain/drawing.ts";
import { imageUrl } from "../lineage/drawing-cards.ts";

/** A seven in two strokes. */
const SEVEN: Drawing = {
  strokes: [
    [
      [28, 22],
      [52, 20],
      [76, 21],
      [64, 45],
      [52, 68],
      [44, 90],
    ],
    [
      [38, 56],
      [70, 53],
    ],
  ],
  width: 100,
  height: 100,
};

/** The drawing of the style guide, rendered as every drawing is. */
export function examplePicture(): ExamplePicture {
  const pixels = rasterise(SEVEN);
  return { drawing: SEVEN, pixels: [...pixels], rows: IMAGE_ROWS, cols: IMAGE_COLS, src: imageUrl(pixels) };
}
