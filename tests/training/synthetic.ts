import { rasterise } from "../../src/digits/rasterise.ts";
import type { Point, Stroke } from "../../src/domain/drawing.ts";
import type { ImageSet } from "../../src/domain/image-set.ts";
import { createRandom, type Random } from "../../src/lib/random.ts";

/** Strokes of some digits on a canvas of 100 x 100. */
const SCRIPTS: Record<string, Stroke[]> = {
  "0": [circle(50, 50, 25, 40)],
  "1": [
    [
      [50, 10],
      [50, 90],
    ],
  ],
  "4": [
    [
      [60, 10],
      [20, 60],
      [80, 60],
    ],
    [
      [60, 40],
      [60, 95],
    ],
  ],
  "7": [
    [
      [20, 15],
      [80, 15],
      [45, 90],
    ],
  ],
};

export const CLASSES = Object.keys(SCRIPTS);
export const SIDE = 14;

/**
 * Scripted digits with seeded jitter, slant and stretch, rasterised and halved to 14 x 14 so that tests train fast.
 * Labels cycle: image n shows class n % 4.
 */
export function syntheticDigits(n: number, seed: number): ImageSet {
  const random = createRandom(seed);
  const images = new Uint8Array(n * SIDE * SIDE);
  const labels = Uint8Array.from({ length: n }, (_, i) => i % CLASSES.length);
  labels.forEach((label, i) => {
    const strokes = SCRIPTS[CLASSES[label]!]!.map((stroke) => jitter(stroke, random));
    images.set(halve(rasterise({ strokes, width: 100, height: 100 })), i * SIDE * SIDE);
  });
  return { rows: SIDE, cols: SIDE, images, labels };
}

function jitter(stroke: Stroke, random: Random): Stroke {
  const slant = (random.next() - 0.5) * 0.3;
  const stretch = 0.8 + random.next() * 0.4;
  return stroke.map(
    ([x, y]): Point => [x * stretch + y * slant + random.normal() * 2, y + random.normal() * 2],
  );
}

function circle(middleX: number, middleY: number, radiusX: number, radiusY: number): Stroke {
  return Array.from({ length: 25 }, (_, i): Point => {
    const angle = (i / 24) * 2 * Math.PI;
    return [middleX + radiusX * Math.sin(angle), middleY - radiusY * Math.cos(angle)];
  });
}

function halve(image: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const at = Math.floor(i / SIDE) * 2 * 28 + (i % SIDE) * 2;
    return (image[at]! + image[at + 1]! + image[at + 28]! + image[at + 29]!) / 4;
  });
}
