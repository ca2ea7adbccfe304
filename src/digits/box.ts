import type { Stroke } from "../domain/drawing.ts";

/** The smallest upright rectangle around some ink, in canvas units. */
export interface Box {
  minX: number;
  maxX: number;
  minY: number;
  maxY: number;
}

/** Returns the box around all points; its sides are infinite and inside out when there is none. */
export function boxOf(strokes: readonly Stroke[]): Box {
  const box = { minX: Infinity, maxX: -Infinity, minY: Infinity, maxY: -Infinity };
  for (const stroke of strokes) {
    for (const [x, y] of stroke) {
      if (x < box.minX) box.minX = x;
      if (x > box.maxX) box.maxX = x;
      if (y < box.minY) box.minY = y;
      if (y > box.maxY) box.maxY = y;
    }
  }
  return box;
}

/** Returns the box around all of the boxes. */
export function boxAround(boxes: readonly Box[]): Box {
  return {
    minX: Math.min(...boxes.map((box) => box.minX)),
    maxX: Math.max(...boxes.map((box) => box.maxX)),
    minY: Math.min(...boxes.map((box) => box.minY)),
    maxY: Math.max(...boxes.map((box) => box.maxY)),
  };
}

/** Returns the long side. */
export function extentOf({ minX, maxX, minY, maxY }: Box): number {
  return Math.max(maxX - minX, maxY - minY);
}

/** Returns the sum of the horizontal and the vertical gap between two boxes; 0 when they touch or overlap. */
export function gapBetween(a: Box, b: Box): number {
  const across = Math.max(a.minX - b.maxX, b.minX - a.maxX, 0);
  return across + Math.max(a.minY - b.maxY, b.minY - a.maxY, 0);
}
