import { IMAGE_PIXELS } from "../../../src/digits/image-format.ts";
import type { Stroke } from "../../../src/domain/drawing.ts";
import type { PictureInk } from "./picture/any-ink.ts";

const INK_KEY = "tegaki.ink";
const PICTURE_KEY = "tegaki.picture";
/** The image of a picture is about 3,000 characters; a drawing has about 20 for each point. */
const MAX_CHARACTERS = 1_000_000;

/** The ink on the pad: a drawing, and the picture that covers it. */
export interface PadInk {
  /** Empty without a drawing. */
  strokes: readonly Stroke[];
  picture: PictureInk | null;
}

/** The drawing or picture on the pad, which has no label yet: a reload of the page does not lose it. */
export class KeptInk {
  readonly #storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;

  /** @param storage sessionStorage; null where the browser does not provide it. */
  constructor(storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null) {
    this.#storage = storage;
  }

  /**
   * Where the browser stores nothing, or no more, the ink lasts as long as the page. So does a drawing of more than a
   * million characters as JSON.
   */
  keep({ strokes, picture }: PadInk): void {
    this.#write(INK_KEY, strokes.length === 0 ? null : JSON.stringify(strokes));
    this.#write(PICTURE_KEY, picture === null ? null : JSON.stringify(picture.pixels));
  }

  /** Returns what was kept; empty when there is nothing, or it is not what `keep` has written. */
  read(): PadInk {
    const strokes = this.#parsed(INK_KEY);
    const pixels = this.#parsed(PICTURE_KEY);
    return {
      strokes: Array.isArray(strokes) && strokes.every(isStroke) ? strokes : [],
      picture: isImage(pixels) ? { pixels } : null,
    };
  }

  #write(key: string, text: string | null): void {
    try {
      if (text === null || text.length > MAX_CHARACTERS) this.#storage?.removeItem(key);
      else this.#storage?.setItem(key, text);
    } catch {
      // Older ink must not come back in its place.
      this.#storage?.removeItem(key);
    }
  }

  #parsed(key: string): unknown {
    try {
      return JSON.parse(this.#storage?.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }
}

function isStroke(value: unknown): value is Stroke {
  const isPoint = (point: unknown) =>
    Array.isArray(point) && point.length >= 2 && point.every(Number.isFinite);
  return Array.isArray(value) && value.length > 0 && value.every(isPoint);
}

function isImage(value: unknown): value is number[] {
  const isPixel = (pixel: unknown) => Number.isInteger(pixel) && Number(pixel) >= 0 && Number(pixel) <= 255;
  return Array.isArray(value) && value.length === IMAGE_PIXELS && value.every(isPixel);
}
