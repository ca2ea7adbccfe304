import { rasterise } from "../../../../src/digits/rasterise.ts";
import type { Drawing } from "../../../../src/domain/drawing.ts";

/** A character from a photograph or scan: only its image is known, no strokes. */
export interface PictureInk {
  /** [784], ink 255 on 0. */
  pixels: number[];
}

/** Something to recognise and to label. */
export type AnyInk = Drawing | PictureInk;

/** The image that the model sees. */
export function imageOf(ink: AnyInk): Uint8Array {
  return "pixels" in ink ? Uint8Array.from(ink.pixels) : rasterise(ink);
}
