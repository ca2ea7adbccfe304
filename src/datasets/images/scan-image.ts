import { IMAGE_COLS, IMAGE_ROWS } from "../../digits/image-format.ts";
import { INK_BOX_PX } from "../../digits/ink-scale.ts";
import { isDarkOnLight } from "../../digits/polarity.ts";
import { MIN_CONTRAST } from "../../digits/scan.ts";
import { type Image, imageFormat } from "../formats/image-format.ts";
import { valueError, words, wordsOf } from "./row-problems.ts";

/** Longest side of an image that is read; a scan of one character needs far less. */
const MAX_SIDE = 2_000;
/** Ink paler than this share of the darkest is paper: the noise of a scanner. */
const PAPER_SHARE = 0.2;

const png = imageFormat();

/** An image of one character, 28 × 28. */
export interface Scan {
  /** uint8 [784], ink 255 on 0; all 0 when there is no ink. */
  pixels: Uint8Array;
  /** Whether the file has dark ink on a light ground. */
  isInverted: boolean;
}

/**
 * Reads a PNG of one character. One of 28 × 28 is taken as it is, as MNIST's are; of any other size the ink is cut out,
 * its long side scaled to 20 px as that of a drawing is, and centred. Colours are reduced to grey, transparency to
 * white paper. Files are cut out already, so their ink may touch the edge and fill half of the image; a photograph, of which
 * `imageOfScan` first has to find the character, would be refused for that. Paper that is not pure, by the image's border, is subtracted; an image of paper alone has no ink.
 *
 * @throws InputError for what is not a PNG, or is too large.
 */
export async function readScan(bytes: Uint8Array): Promise<Scan> {
  let image: Image;
  try {
    image = (await png.read(bytes, {} as never)) as Image;
  } catch (error) {
    throw valueError(wordsOf(error), error);
  }
  const { rows, cols } = image;
  if (Math.max(rows, cols) > MAX_SIDE)
    throw valueError(
      words(`expected at most ${MAX_SIDE} px on a side, found ${cols}x${rows}`, "scanSide", {
        ...{ max: MAX_SIDE, found: `${cols}x${rows}` },
      }),
    );
  const grey = greyOf(image);
  const isInverted = isDarkOnLight(grey, rows, cols);
  const ink = withoutPaper(isInverted ? grey.map((value) => 255 - value) : grey, rows, cols);
  const isMnist = rows === IMAGE_ROWS && cols === IMAGE_COLS;
  return { pixels: isMnist ? ink : fitted(ink, rows, cols), isInverted };
}

/** Luma (ITU-R BT.601) on white. @returns uint8 [rows, cols]. */
function greyOf({ rows, cols, channels, data }: Image): Uint8Array {
  const hasAlpha = channels % 2 === 0;
  return Uint8Array.from({ length: rows * cols }, (_, i) => {
    const at = i * channels;
    const value =
      channels < 3 ? data[at]! : 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    const alpha = hasAlpha ? data[at + channels - 1]! / 255 : 1;
    return Math.round(value * alpha + 255 * (1 - alpha));
  });
}

/**
 * Subtracts the level of the paper, which is the median of the border, and clears the border's usual noise; what was full
 * ink stays so. An image on pure paper is returned as it is.
 * @returns all 0 when nothing stands out from the paper.
 */
function withoutPaper(ink: Uint8Array, rows: number, cols: number): Uint8Array {
  const border = ink.filter((_, i) => {
    const [row, col] = [Math.floor(i / cols), i % cols];
    return row === 0 || col === 0 || row === rows - 1 || col === cols - 1;
  });
  const paper = median(border);
  const darkest = ink.reduce((max, value) => Math.max(max, value), 0);
  if (darkest - paper < MIN_CONTRAST) return new Uint8Array(ink.length);
  const noise = 2 * median(border.map((value) => Math.abs(value - paper)));
  if (paper === 0 && noise === 0) return ink;
  return ink.map((value) =>
    value - paper <= noise ? 0 : Math.round(((value - paper) * 255) / (255 - paper)),
  );
}

function median(values: Uint8Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? 0;
}

/** Scales the ink to the box of a drawing by averaging areas, and its darkest pixel to 255. */
function fitted(ink: Uint8Array, rows: number, cols: number): Uint8Array {
  const darkest = ink.reduce((max, value) => Math.max(max, value), 0);
  const result = new Uint8Array(IMAGE_ROWS * IMAGE_COLS);
  const box = inkBox(ink, rows, cols, darkest * PAPER_SHARE);
  if (box === null || darkest === 0) return result;
  const { top, left, height, width } = box;
  const scale = Math.max(height, width) / INK_BOX_PX;
  const [outRows, outCols] = [height, width].map((side) => Math.max(1, Math.round(side / scale))) as [
    number,
    number,
  ];
  const [down, right] = [Math.floor((IMAGE_ROWS - outRows) / 2), Math.floor((IMAGE_COLS - outCols) / 2)];
  for (let y = 0; y < outRows; y++) {
    for (let x = 0; x < outCols; x++) {
      const mean = meanOf(ink, cols, {
        ...{ y0: top + (y * height) / outRows, y1: top + ((y + 1) * height) / outRows },
        ...{ x0: left + (x * width) / outCols, x1: left + ((x + 1) * width) / outCols },
      });
      result[(down + y) * IMAGE_COLS + right + x] = Math.min(255, Math.round((mean * 255) / darkest));
    }
  }
  return result;
}

function inkBox(ink: Uint8Array, rows: number, cols: number, paper: number) {
  let [top, left, bottom, right] = [rows, cols, -1, -1];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++) {
      if (ink[y * cols + x]! <= paper) continue;
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  }
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** Mean of the pixels that an area touches, each by the part of it that is inside. */
function meanOf(
  ink: Uint8Array,
  cols: number,
  { y0, y1, x0, x1 }: { y0: number; y1: number; x0: number; x1: number },
): number {
  let [sum, area] = [0, 0];
  for (let y = Math.floor(y0); y < Math.ceil(y1); y++) {
    const h = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.floor(x0); x < Math.ceil(x1); x++) {
      const part = h * (Math.min(x + 1, x1) - Math.max(x, x0));
      sum += ink[y * cols + x]! * part;
      area += part;
    }
  }
  return area === 0 ? 0 : sum / area;
}
