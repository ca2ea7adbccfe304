import { expect, test } from "bun:test";
import { createRandom } from "../../src/lib/random.ts";
import { thin } from "../../src/synthesis/thin.ts";

/** The method as it is published: every pixel of the image in each pass, P2 to P9 by name. */
function reference(ink: Uint8Array, rows: number, cols: number): void {
  const p = (y: number, x: number) => ink[y * cols + x]!;
  let hasChanged = true;
  while (hasChanged) {
    hasChanged = false;
    for (const step of [1, 2]) {
      const marked: number[] = [];
      for (let y = 1; y < rows - 1; y++) {
        for (let x = 1; x < cols - 1; x++) {
          if (p(y, x) === 0) continue;
          const P2 = p(y - 1, x);
          const P3 = p(y - 1, x + 1);
          const P4 = p(y, x + 1);
          const P5 = p(y + 1, x + 1);
          const P6 = p(y + 1, x);
          const P7 = p(y + 1, x - 1);
          const P8 = p(y, x - 1);
          const P9 = p(y - 1, x - 1);
          const ring = [P2, P3, P4, P5, P6, P7, P8, P9, P2];
          const B = P2 + P3 + P4 + P5 + P6 + P7 + P8 + P9;
          const A = ring.slice(1).filter((value, i) => ring[i] === 0 && value === 1).length;
          const [first, second] = step === 1 ? [P2 * P4 * P6, P4 * P6 * P8] : [P2 * P4 * P8, P2 * P6 * P8];
          if (B >= 2 && B <= 6 && A === 1 && first === 0 && second === 0) marked.push(y * cols + x);
        }
      }
      for (const at of marked) ink[at] = 0;
      if (marked.length > 0) hasChanged = true;
    }
  }
}

/** Random blocks of ink within a blank border. */
function blocks(rows: number, cols: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  const ink = new Uint8Array(rows * cols);
  for (let block = 0; block < 5; block++) {
    const [top, left] = [1 + random.int(rows - 2), 1 + random.int(cols - 2)];
    const [height, width] = [1 + random.int(6), 1 + random.int(6)];
    for (let y = top; y < Math.min(rows - 1, top + height); y++) {
      for (let x = left; x < Math.min(cols - 1, left + width); x++) ink[y * cols + x] = 1;
    }
  }
  return ink;
}

/** Number of pieces of ink that do not touch, not even at a corner. */
function pieces(ink: Uint8Array, cols: number): number {
  const left = ink.slice();
  let count = 0;
  for (let start = 0; start < left.length; start++) {
    if (left[start] !== 1) continue;
    count += 1;
    const open = [start];
    while (open.length > 0) {
      const at = open.pop()!;
      left[at] = 0;
      for (const step of [-cols - 1, -cols, 1 - cols, -1, 1, cols - 1, cols, cols + 1]) {
        if (left[at + step] === 1) open.push(at + step);
      }
    }
  }
  return count;
}

test("thin() equals the published method, on images of many sizes", () => {
  for (let seed = 0; seed < 60; seed++) {
    const [rows, cols] = [3 + (seed % 20), 3 + ((7 * seed) % 23)];
    const ink = blocks(rows, cols, seed);
    const expected = ink.slice();
    reference(expected, rows, cols);
    thin(ink, cols);
    expect(ink).toEqual(expected);
  }
});

test("thin() leaves the middle of a thick bar, one pixel wide", () => {
  const ink = new Uint8Array(9 * 20);
  for (let y = 3; y < 6; y++) for (let x = 2; x < 18; x++) ink[y * 20 + x] = 1;
  thin(ink, 20);
  for (let x = 5; x < 15; x++) {
    const column = Array.from({ length: 9 }, (_, y) => ink[y * 20 + x]);
    expect(column).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
  }
});

test("thin() neither joins nor breaks lines, and never adds ink", () => {
  for (let seed = 100; seed < 140; seed++) {
    const ink = blocks(24, 24, seed);
    // Blocks of 2 x 2 vanish by the method; they are too small to be strokes.
    for (let y = 4; y < 8; y++) for (let x = 4; x < 20; x++) ink[y * 24 + x] = 1;
    const before = ink.slice();
    thin(ink, 24);
    expect(pieces(ink, 24)).toBeLessThanOrEqual(pieces(before, 24));
    expect(ink.every((value, at) => value <= before[at]!)).toBe(true);
    expect(ink.some((value) => value === 1)).toBe(true);
  }
});
