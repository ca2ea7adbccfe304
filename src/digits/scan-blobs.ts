/** Connected pixels, and the box around them. */
export interface Blob {
  /** Indices. */
  pixels: number[];
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/**
 * The connected parts of a mask; pixels that touch at a corner are connected.
 *
 * @param mask uint8 [rows, cols], row-major, 1 is part of a blob; set to 0 by the call.
 */
export function blobsOf(mask: Uint8Array, rows: number, cols: number): Blob[] {
  const blobs: Blob[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0) continue;
    mask[start] = 0;
    const blob: Blob = { pixels: [start], minX: cols, minY: rows, maxX: 0, maxY: 0 };
    for (let at = 0; at < blob.pixels.length; at++) {
      const pixel = blob.pixels[at]!;
      const [x, y] = [pixel % cols, Math.floor(pixel / cols)];
      blob.minX = Math.min(blob.minX, x);
      blob.maxX = Math.max(blob.maxX, x);
      blob.minY = Math.min(blob.minY, y);
      blob.maxY = Math.max(blob.maxY, y);
      for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row++) {
        for (let col = Math.max(0, x - 1); col <= Math.min(cols - 1, x + 1); col++) {
          const next = row * cols + col;
          if (mask[next] === 0) continue;
          mask[next] = 0;
          blob.pixels.push(next);
        }
      }
    }
    blobs.push(blob);
  }
  return blobs;
}
