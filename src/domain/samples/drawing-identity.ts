import type { Drawing } from "../drawing.ts";
import type { NewSample } from "../sample.ts";

/** Half of a SHA-256: enough that no two drawings ever share it. */
const IDENTITY_BYTES = 16;

/**
 * Returns the drawing as JSON, from which every number is read back exactly (except the sign of zero). Equal drawings
 * have equal JSON.
 * @throws {RangeError} for a number that JSON cannot represent (NaN, infinity).
 */
export function encodeDrawing({ strokes, width, height }: Drawing): string {
  const text = JSON.stringify({ strokes, width, height });
  // JSON has null for a number that is not finite, and a drawing has no other null.
  if (text.includes("null"))
    throw new RangeError(`Cannot store a drawing: ${notFinite(strokes, width, height)}`);
  return text;
}

/**
 * Returns what identifies a drawing, whoever labelled it as what: its strokes with every number of every point, and the
 * size of its canvas; without strokes, its pixels. Two drawings by hand are never identical, so an equal identity means
 * the same drawing sent again.
 *
 * @param json the drawing as `encodeDrawing` returns it, or null when there are only pixels.
 * @returns 16 bytes.
 */
export function identityOf(json: string | null, pixels: Uint8Array): Uint8Array {
  if (json === null) return imageIdentity(pixels);
  return new Bun.CryptoHasher("sha256").update(json).digest().subarray(0, IDENTITY_BYTES);
}

/** Returns what identifies an image: the identity of a drawing that has no strokes. @returns 16 bytes. */
export function imageIdentity(pixels: Uint8Array): Uint8Array {
  const hash = new Bun.CryptoHasher("sha256").update("pixels").update(pixels);
  return hash.digest().subarray(0, IDENTITY_BYTES);
}

/** Returns the identity of a sample, as a key for maps. */
export function identityKey({ drawing, pixels }: Pick<NewSample, "drawing" | "pixels">): string {
  return Buffer.from(identityOf(drawing === null ? null : encodeDrawing(drawing), pixels)).toString("base64");
}

function notFinite(...[strokes, width, height]: [Drawing["strokes"], number, number]): string {
  const numbers = [width, height, ...strokes.flat(2)];
  return `every number must be finite, found ${numbers.find((value) => !Number.isFinite(value))}`;
}
