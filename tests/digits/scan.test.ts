import { expect, test } from "bun:test";
import { EmptyInkError } from "../../src/digits/errors.ts";
import { rasterise } from "../../src/digits/rasterise.ts";
import { imageOfScan, type Scan } from "../../src/digits/scan.ts";
import { drawingOf } from "../support/digit-strokes.ts";

interface Paper {
  side?: number;
  /** Diameter of the pen in pixels. */
  pen?: number;
  paper?: number;
  ink?: number;
  /** By how much the right edge is darker than the left. */
  shadow?: number;
  grain?: number;
}

/** A photograph of a drawn digit: a pen on paper, lit from the left, with the grain of a sensor. */
function photograph(digit: string, options: Paper = {}): Scan {
  const { side = 320, pen = 14, paper = 225, ink = 60, shadow = 60, grain = 6 } = options;
  const grey = new Uint8Array(side * side);
  let random = 12_345;
  for (let i = 0; i < grey.length; i++) {
    random = (random * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    grey[i] = paper - (shadow * (i % side)) / side + ((random >> 8) % (2 * grain + 1)) - grain;
  }
  const { strokes, width } = drawingOf(digit, 3);
  const at = (value: number) => (0.2 + (0.6 * value) / width) * side;
  for (const stroke of strokes) {
    for (let i = 1; i < stroke.length; i++) {
      for (let step = 0; step <= 60; step++) {
        const along = (axis: 0 | 1) =>
          at(stroke[i - 1]![axis] + ((stroke[i]![axis] - stroke[i - 1]![axis]) * step) / 60);
        dot({ grey, rows: side, cols: side }, along(0), along(1), pen / 2, ink);
      }
    }
  }
  return { grey, rows: side, cols: side };
}

function dot({ grey, rows, cols }: Scan, cx: number, cy: number, radius: number, value: number): void {
  for (let y = Math.max(0, Math.ceil(cy - radius)); y <= Math.min(rows - 1, cy + radius); y++) {
    for (let x = Math.max(0, Math.ceil(cx - radius)); x <= Math.min(cols - 1, cx + radius); x++) {
      if ((x - cx) ** 2 + (y - cy) ** 2 <= radius * radius) grey[y * cols + x] = value;
    }
  }
}

/** Mean difference of two images, 0..255 a pixel. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

const DIGITS = [..."0123456789"];

test("imageOfScan() of a photographed digit is within 6 grey levels a pixel of the image of its strokes, for all ten", () => {
  for (const digit of DIGITS) {
    const drawn = rasterise(drawingOf(digit, 3));
    expect(difference(imageOfScan(photograph(digit)), drawn)).toBeLessThan(6);
    // Another digit is much farther off, so the bound says something.
    const other = rasterise(drawingOf(String((Number(digit) + 1) % 10), 3));
    expect(difference(imageOfScan(photograph(digit)), other)).toBeGreaterThan(12);
  }
});

test("imageOfScan() gives a thin pen, a thick one, a small and a large picture nearly the same image", () => {
  const drawn = rasterise(drawingOf("5", 3));
  for (const options of [{ pen: 3 }, { pen: 20 }, { side: 120, pen: 5 }, { side: 400, pen: 18 }]) {
    expect(difference(imageOfScan(photograph("5", options)), drawn)).toBeLessThan(12);
  }
});

test("imageOfScan() tells light ink on a dark ground from dark ink on a light one", () => {
  const dark = photograph("3");
  const light = { ...dark, grey: dark.grey.map((value) => 255 - value) };
  expect(difference(imageOfScan(dark), imageOfScan(light))).toBeLessThan(1);
});

test("imageOfScan() leaves out specks and what the edge of the picture cuts", () => {
  const clean = imageOfScan(photograph("7"));
  const spoilt = photograph("7");
  dot(spoilt, 30, 290, 3, 60);
  dot(spoilt, 290, 30, 2, 60);
  for (let y = 0; y < 320; y++) spoilt.grey.fill(40, y * 320, y * 320 + 14);
  expect(difference(imageOfScan(spoilt), clean)).toBeLessThan(2);
});

test("imageOfScan() leaves pictures of MNIST's form as they are, but for their polarity", () => {
  for (const digit of DIGITS) {
    const grey = rasterise(drawingOf(digit, 8));
    expect(imageOfScan({ grey, rows: 28, cols: 28 })).toEqual(grey);
    const inverted = grey.map((value) => 255 - value);
    expect(imageOfScan({ grey: inverted, rows: 28, cols: 28 })).toEqual(grey);
  }
});

test("imageOfScan() refuses paper without ink: blank, in a shadow, with grain; and faint or texture", () => {
  const blank = (value: number) => ({ grey: new Uint8Array(120 * 120).fill(value), rows: 120, cols: 120 });
  const empty = { ...photograph("1", { pen: 0, shadow: 90, grain: 12 }) };
  const faint = photograph("1", { ink: 205, shadow: 0 });
  const texture = {
    grey: Uint8Array.from({ length: 120 * 120 }, (_, i) => ((i * 7919) % 2) * 255),
    rows: 120,
    cols: 120,
  };
  const grit = blank(230);
  for (let y = 4; y < 118; y += 12) for (let x = 4; x < 118; x += 12) dot(grit, x, y, 3, 40);
  for (const scan of [grit, blank(0), blank(128), blank(255), empty, faint, texture]) {
    expect(() => imageOfScan(scan)).toThrow(EmptyInkError);
  }
});

test("imageOfScan() refuses sizes that disagree or are too small", () => {
  expect(() => imageOfScan({ grey: new Uint8Array(99), rows: 10, cols: 10 })).toThrow(RangeError);
  expect(() => imageOfScan({ grey: new Uint8Array(49), rows: 7, cols: 7 })).toThrow("at least 8 × 8");
});
