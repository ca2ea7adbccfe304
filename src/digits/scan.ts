import { EmptyInkError } from "./errors.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "./image-format.ts";
import { INK_BOX_PX, PEN_PX } from "./ink-scale.ts";
import { isDarkOnLight } from "./polarity.ts";
import { type Blob, blobsOf } from "./scan-blobs.ts";

/** A photograph or scan of one character. */
export interface Scan {
  /** uint8 [rows, cols], row-major, 255 is white. */
  grey: Uint8Array;
  rows: number;
  cols: number;
}

/** Difference in grey between ink and ground, below which there is no ink: paper has shadows and grain. */
export const MIN_CONTRAST = 32;
/** Share of the area from which on what stands out is a texture and not one character. */
const MAX_INK_SHARE = 0.5;
/** Nor is it one character when it has more separate parts of a size than this. */
const MAX_PARTS = 40;
/** Blobs below this share of the largest are specks. */
const MIN_BLOB_SHARE = 0.03;
/** A blob at the edge, such as that of the table, is left out if another one has this share of its area. */
const INNER_SHARE = 0.05;
/** Pens thinner than this share of the model's pen are thickened to it. */
const THIN_SHARE = 0.75;
/** In pixel indices, as in `rasterise`. */
const MASS_CENTRE_PX = 14;

/**
 * Finds the ink of one character in a photograph or scan, and returns it as the model sees drawings: the long side of the
 * ink is 20 px, its centre of mass is at pixel (14, 14), and a thin pen is as thick as that of a drawing. The ground may
 * be lit unevenly; dark ink on light paper and light ink on a dark ground are told apart. Specks, and what the picture's
 * edge cuts, are left out. A picture of 28 × 28 px is one of MNIST's form already: only its polarity may change.
 *
 * @param scan at least 8 × 8 px; a long side of 100 to 400 px is enough.
 * @returns uint8 [784], row-major, ink 255 on 0.
 * @throws {RangeError} when the sizes disagree or are too small.
 * @throws {EmptyInkError} when nothing stands out from the ground.
 */
export function imageOfScan({ grey, rows, cols }: Scan): Uint8Array {
  if (rows < 8 || cols < 8 || grey.length !== rows * cols) {
    throw new RangeError(
      `Expected at least 8 × 8 pixels, found ${rows} × ${cols} with ${grey.length} values`,
    );
  }
  const contrast = contrastOf(grey, rows, cols);
  const level = inkLevel(contrast);
  if (rows === IMAGE_ROWS && cols === IMAGE_COLS) return inkHigh(grey, rows, cols);
  const mask = Uint8Array.from(contrast, (value) => (value > level ? 1 : 0));
  const kept = characterOf(blobsOf(mask, rows, cols), rows, cols);
  const ink = inkOf(contrast, kept, cols, level);
  return centred(ink);
}

/** The picture with light ink on a dark ground. */
function inkHigh(grey: Uint8Array, rows: number, cols: number): Uint8Array {
  return isDarkOnLight(grey, rows, cols) ? grey.map((value) => 255 - value) : grey;
}

/** How much each pixel stands out from its surroundings as ink, 0..255. */
function contrastOf(grey: Uint8Array, rows: number, cols: number): Uint8Array {
  const ink = inkHigh(grey, rows, cols);
  const radius = Math.max(24, Math.round(Math.max(rows, cols) / 4));
  const ground = groundOf(ink, rows, cols, radius);
  return ink.map((value, i) => Math.max(0, value - ground[i]!));
}

/**
 * The ground around each pixel: the mean of what is below the mean of a square, so that the ink in it counts little.
 * Sums over squares by a table of sums.
 */
function groundOf(ink: Uint8Array, rows: number, cols: number, radius: number): Float32Array {
  const mean = meansOf(ink, rows, cols, radius);
  const low = Uint8Array.from(ink, (value, i) => (value <= mean[i]! ? value : Math.round(mean[i]!)));
  return meansOf(low, rows, cols, radius);
}

function meansOf(values: Uint8Array, rows: number, cols: number, radius: number): Float32Array {
  const width = cols + 1;
  const sums = new Float64Array((rows + 1) * width);
  for (let y = 0; y < rows; y++) {
    let row = 0;
    for (let x = 0; x < cols; x++) {
      row += values[y * cols + x]!;
      sums[(y + 1) * width + x + 1] = sums[y * width + x + 1]! + row;
    }
  }
  const means = new Float32Array(values.length);
  for (let y = 0; y < rows; y++) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(rows, y + radius + 1)];
    for (let x = 0; x < cols; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(cols, x + radius + 1)];
      const sum =
        sums[bottom * width + right]! -
        sums[top * width + right]! -
        sums[bottom * width + left]! +
        sums[top * width + left]!;
      means[y * cols + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return means;
}

/**
 * The contrast that divides ink from ground best (Otsu): the variance between the two is greatest.
 * @throws {EmptyInkError} when they hardly differ, or most of the picture would be ink.
 */
function inkLevel(contrast: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const value of contrast) counts[value]!++;
  const total = contrast.length;
  const all = counts.reduce((sum, count, value) => sum + count * value, 0);
  let best = { level: 0, between: -1, difference: 0, share: 0 };
  let [below, belowSum] = [0, 0];
  for (let level = 0; level < 255; level++) {
    below += counts[level]!;
    belowSum += counts[level]! * level;
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const difference = (all - belowSum) / above - belowSum / below;
    const between = below * above * difference * difference;
    if (between > best.between) best = { level, between, difference, share: above / total };
  }
  if (best.difference < MIN_CONTRAST || best.share >= MAX_INK_SHARE) {
    throw noInk();
  }
  return best.level;
}

function noInk(): EmptyInkError {
  return new EmptyInkError("The picture has no ink of one character that stands out from its ground");
}

/** The blobs of the character: neither specks nor cut by the edge. */
function characterOf(blobs: readonly Blob[], rows: number, cols: number): Blob[] {
  const isCut = ({ minX, minY, maxX, maxY }: Blob) =>
    minX === 0 || minY === 0 || maxX === cols - 1 || maxY === rows - 1;
  const largest = Math.max(...blobs.map(({ pixels }) => pixels.length));
  const inner = blobs.filter((blob) => !isCut(blob));
  const hasInner = inner.some(({ pixels }) => pixels.length >= INNER_SHARE * largest);
  const candidates = hasInner ? inner : blobs;
  const main = Math.max(...candidates.map(({ pixels }) => pixels.length));
  const kept = candidates.filter(({ pixels }) => pixels.length >= MIN_BLOB_SHARE * main);
  if (kept.length > MAX_PARTS) throw noInk();
  return kept;
}

/** An image of any size with ink 1 on 0. */
interface InkImage {
  values: Float32Array;
  rows: number;
  cols: number;
}

/** The ink of the blobs, cropped to it, at least as thick as the model's pen. */
function inkOf(contrast: Uint8Array, blobs: readonly Blob[], scanCols: number, level: number): InkImage {
  const minX = Math.min(...blobs.map((blob) => blob.minX));
  const minY = Math.min(...blobs.map((blob) => blob.minY));
  const cols = Math.max(...blobs.map((blob) => blob.maxX)) - minX + 1;
  const rows = Math.max(...blobs.map((blob) => blob.maxY)) - minY + 1;
  const pen = (Math.max(rows, cols) * PEN_PX) / INK_BOX_PX;
  const thickness = thicknessOf(blobs, scanCols);
  const grow = thickness < THIN_SHARE * pen ? Math.round((pen - thickness) / 2) : 0;
  const image = {
    values: new Float32Array((rows + 2 * grow) * (cols + 2 * grow)),
    rows: rows + 2 * grow,
    cols: cols + 2 * grow,
  };
  // The strongest tenth of the ink is all ink; its edges are less.
  const full = strongOf(blobs, contrast, level);
  for (const { pixels } of blobs) {
    for (const pixel of pixels) {
      const x = (pixel % scanCols) - minX + grow;
      const y = Math.floor(pixel / scanCols) - minY + grow;
      if (grow > 0) stamp(image, x, y, grow);
      else image.values[y * image.cols + x] = Math.min(1, contrast[pixel]! / full);
    }
  }
  return image;
}

/** The mean thickness of the lines: their area over half of their outline. */
function thicknessOf(blobs: readonly Blob[], cols: number): number {
  let [area, outline] = [0, 0];
  for (const { pixels } of blobs) {
    const inside = new Set(pixels);
    area += pixels.length;
    for (const pixel of pixels) {
      for (const next of [pixel - 1, pixel + 1, pixel - cols, pixel + cols])
        if (!inside.has(next)) outline += 1;
    }
  }
  return (2 * area) / outline;
}

function strongOf(blobs: readonly Blob[], contrast: Uint8Array, level: number): number {
  const values = blobs
    .flatMap(({ pixels }) => [...pixels].map((pixel) => contrast[pixel]!))
    .sort((a, b) => a - b);
  return Math.max(level + 1, values[Math.floor(values.length * 0.9)] ?? 255);
}

/** Inks a disc. */
function stamp({ values, rows, cols }: InkImage, x: number, y: number, radius: number): void {
  for (let dy = -radius; dy <= radius; dy++) {
    const half = Math.floor(Math.sqrt(radius * radius - dy * dy));
    const row = y + dy;
    if (row < 0 || row >= rows) continue;
    values.fill(1, row * cols + Math.max(0, x - half), row * cols + Math.min(cols - 1, x + half) + 1);
  }
}

/** Scales the long side to the ink box by area, and moves the centre of mass to where drawings have it. */
function centred({ values, rows, cols }: InkImage): Uint8Array {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    mass += values[i]!;
    sumX += values[i]! * ((i % cols) + 0.5);
    sumY += values[i]! * (Math.floor(i / cols) + 0.5);
  }
  const scale = INK_BOX_PX / Math.max(rows, cols);
  const left = MASS_CENTRE_PX + 0.5 - (sumX / mass) * scale;
  const top = MASS_CENTRE_PX + 0.5 - (sumY / mass) * scale;
  const sums = new Float32Array(IMAGE_PIXELS);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++) {
      const value = values[y * cols + x]!;
      if (value > 0) spread(sums, value, left + x * scale, top + y * scale, scale);
    }
  }
  return Uint8Array.from(sums, (sum) => Math.min(255, Math.round(255 * sum)));
}

/** Adds a square of ink to the pixels that it covers, by its area in each. */
function spread(sums: Float32Array, value: number, x: number, y: number, side: number): void {
  for (let row = Math.floor(y); row < y + side; row++) {
    const high = Math.min(row + 1, y + side) - Math.max(row, y);
    for (let col = Math.floor(x); col < x + side; col++) {
      const wide = Math.min(col + 1, x + side) - Math.max(col, x);
      if (row < 0 || col < 0 || row >= IMAGE_ROWS || col >= IMAGE_COLS) continue;
      sums[row * IMAGE_COLS + col]! += value * high * wide;
    }
  }
}
