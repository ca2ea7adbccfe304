import { EmptyInkError } from "../../../../src/digits/errors.ts";
import { imageOfScan, type Scan } from "../../../../src/digits/scan.ts";
import type { PictureInk } from "./any-ink.ts";

/** Long side in pixels to which a picture is reduced: about 15 pixels a pixel of the model. */
const MAX_SIDE = 400;
/** Nothing smaller has a character in it. */
const MIN_SIDE = 8;

/** The ink in a picture, or why there is none. */
export type PictureResult = { kind: "ink"; ink: PictureInk } | { kind: "unreadable" | "empty" | "small" };

/** Reads the character in a picture file. The picture itself never leaves the browser, only the image of its ink does. */
export async function readPicture(file: Blob): Promise<PictureResult> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return { kind: "unreadable" };
  if (Math.min(bitmap.width, bitmap.height) < MIN_SIDE) return { kind: "small" };
  try {
    return { kind: "ink", ink: { pixels: [...imageOfScan(greyOf(bitmap))] } };
  } catch (error) {
    if (error instanceof EmptyInkError) return { kind: "empty" };
    throw error;
  } finally {
    bitmap.close();
  }
}

/** Reduces a picture, and takes its luma (ITU-R BT.601). What is transparent is white, as on paper. */
function greyOf(bitmap: ImageBitmap): Scan {
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const cols = Math.max(MIN_SIDE, Math.round(bitmap.width * scale));
  const rows = Math.max(MIN_SIDE, Math.round(bitmap.height * scale));
  const canvas = document.createElement("canvas");
  canvas.width = cols;
  canvas.height = rows;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, cols, rows);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, cols, rows);
  const { data } = context.getImageData(0, 0, cols, rows);
  const grey = Uint8Array.from({ length: rows * cols }, (_, i) =>
    Math.round(0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!),
  );
  return { grey, rows, cols };
}
