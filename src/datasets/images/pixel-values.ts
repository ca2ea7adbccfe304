import { isDarkOnLight } from "../../digits/polarity.ts";
import { rowError, type Words, words } from "./row-problems.ts";

/** The least that the brightest pixel of a file in 0..255 has; less is a file in another range, such as 0..16. */
const MIN_BRIGHTEST = 17;

/** A conversion while reading a file, as data. */
export interface Conversion {
  kind: "inverted" | "scaled";
  /** Number of images; `of` all that were read. */
  n: number;
  of: number;
}

/** Called with one sentence on what was converted while reading a file. */
export type Notice = (text: string, conversion?: Conversion) => void;

/** Tells how many images of a file were dark ink on a light ground, if any were. */
export function noticeInverted(
  file: string,
  { inverted, images }: { inverted: number; images: number },
  notice: Notice,
): void {
  if (inverted === 0) return;
  const count = inverted === images ? "the" : `${inverted} of ${images}`;
  notice(`${file}: ${count} images are dark on light. They were inverted: ink is light on dark here`, {
    ...{ kind: "inverted", n: inverted, of: images },
  });
}

/**
 * Converts the pixels of one file to uint8 with ink 255 on 0. The range is a property of the file: 0..255, or 0..1
 * (bits, booleans and fractions), which is multiplied by 255. The polarity is a property of each image: dark ink on a
 * light ground is inverted. Anything else, such as standardised values, is refused, because it would be read wrong.
 *
 * A stream decides the range by its first image that is not empty; `finish` checks what only the end can tell.
 */
export class PixelValues {
  readonly #file: string;
  readonly #size: { rows: number; cols: number };
  #isUnit: boolean | null = null;
  #brightest = 0;
  #images = 0;
  #inverted = 0;

  /**
   * @param file the file's name, for messages.
   * @param all all values of the file, when they are available: their range is then that of the file.
   */
  constructor(
    file: string,
    size: { rows: number; cols: number },
    all: readonly ArrayLike<number | bigint>[] | null = null,
  ) {
    this.#file = file;
    this.#size = size;
    if (all === null) return;
    this.#brightest = all.reduce((max, values) => Math.max(max, this.#checkedRange(values, null)), 0);
    this.#isUnit = this.#brightest <= 1;
  }

  /**
   * Converts one image.
   * @param values [rows * cols], row-major.
   * @param at where it is, for messages.
   * @returns uint8 [rows * cols].
   * @throws InputError when the values are in no known range, or not in that of the file.
   */
  toInk(values: ArrayLike<number | bigint>, at: Words): Uint8Array {
    const max = this.#checkedRange(values, at);
    if (max > 0) this.#isUnit ??= max <= 1;
    if (this.#isUnit === true && max > 1) {
      const text = `pixel values go up to ${max}, but the images before it are in 0 to 1. Use one range for the whole file`;
      throw rowError(this.#file, at, words(text, "ranges", { max }));
    }
    this.#brightest = Math.max(this.#brightest, max);
    const factor = this.#isUnit === true ? 255 : 1;
    const pixels = Uint8Array.from({ length: values.length }, (_, i) =>
      Math.round(Number(values[i]) * factor),
    );
    this.#images += 1;
    if (!isDarkOnLight(pixels, this.#size.rows, this.#size.cols)) return pixels;
    this.#inverted += 1;
    return pixels.map((value) => 255 - value);
  }

  /**
   * Ends the file, and tells what was converted.
   * @throws InputError when even the brightest pixel is too dark for 0 to 255.
   */
  finish(notice: Notice): void {
    if (this.#isUnit === false && this.#brightest < MIN_BRIGHTEST) {
      const max = this.#brightest;
      const text = `pixel values run from 0 to ${max}, expected 0 to 255, or 0 to 1. Scale them to 0 to 255`;
      throw rowError(this.#file, null, words(text, "pale", { max }));
    }
    if (this.#isUnit === true && this.#brightest > 0) {
      notice(`${this.#file}: pixel values are in 0 to 1. They were multiplied by 255`, {
        ...{ kind: "scaled", n: this.#images, of: this.#images },
      });
    }
    noticeInverted(this.#file, { inverted: this.#inverted, images: this.#images }, notice);
  }

  /** Returns the maximum. */
  #checkedRange(values: ArrayLike<number | bigint>, at: Words | null): number {
    let [min, max] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      const value = Number(values[i]);
      if (!Number.isFinite(value)) {
        const figures = { found: value };
        throw rowError(
          this.#file,
          at,
          words(`a pixel value is ${value}, expected 0 to 255`, "pixelNumber", figures),
        );
      }
      if (value < min) min = value;
      if (value > max) max = value;
    }
    if (min < 0) throw rowError(this.#file, at, standardised(min, max));
    if (max > 255) {
      const figures = { min: shown(min), max: shown(max), by: shown(max / 255) };
      const text = `pixel values run from ${figures.min} to ${figures.max}, expected 0 to 255. Divide them by ${figures.by}`;
      throw rowError(this.#file, at, words(text, "bright", figures));
    }
    return max;
  }
}

function standardised(min: number, max: number): Words {
  const figures = { min: shown(min), max: shown(max) };
  const found = `pixel values run from ${figures.min} to ${figures.max}, so they were standardised; expected 0 to 255, or 0 to 1`;
  if (min >= -1 && max <= 1)
    return words(`${found}. Save (x + 1) * 127.5 instead`, "standardisedUnit", figures);
  const remedy = "Save the images as they were before: multiply by the standard deviation, then add the mean";
  return words(`${found}. ${remedy}`, "standardised", figures);
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
