import { encode } from "fast-png";

/** Equally large images, one behind the other. */
export interface SpriteImages {
  rows: number;
  cols: number;
  /** uint8 [rows, cols] each, ink 255 on 0; null leaves its tile white. */
  images: readonly (Uint8Array | null)[];
  /** Number of tiles side by side. */
  columns: number;
}

const PAPER = 255;

/** Renders images as the tiles of one PNG, without gaps: dark ink on white paper, row by row. */
export function spritePng({ rows, cols, images, columns }: SpriteImages): Uint8Array {
  const width = columns * cols;
  const height = Math.max(1, Math.ceil(images.length / columns)) * rows;
  const data = new Uint8Array(width * height).fill(PAPER);
  for (const [i, image] of images.entries()) {
    if (image === null) continue;
    const left = (i % columns) * cols;
    const top = Math.floor(i / columns) * rows;
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < cols; x++) data[(top + y) * width + left + x] = PAPER - image[y * cols + x]!;
    }
  }
  return encode({ width, height, channels: 1, depth: 8, data }, { zlib: { level: 6 } });
}
