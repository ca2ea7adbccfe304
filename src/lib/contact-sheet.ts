import { pngUrl } from "./png-url.ts";

const COLUMNS = 12;
const GAP_PX = 3;
const PAPER = 255;

/** Images of the same size. */
export interface SheetImages {
  rows: number;
  cols: number;
  /** uint8 [n, rows, cols], ink 255 on 0. */
  images: Uint8Array;
}

/** Renders images in a grid as one PNG in a data URL, dark ink on white paper. */
export function contactSheet({ rows, cols, images }: SheetImages): string {
  const n = Math.floor(images.length / (rows * cols));
  const columns = Math.max(1, Math.min(COLUMNS, n));
  const width = columns * (cols + GAP_PX) + GAP_PX;
  const height = Math.max(1, Math.ceil(n / columns)) * (rows + GAP_PX) + GAP_PX;
  const data = new Uint8Array(width * height).fill(PAPER);
  for (let i = 0; i < n; i++) {
    const left = GAP_PX + (i % columns) * (cols + GAP_PX);
    const top = GAP_PX + Math.floor(i / columns) * (rows + GAP_PX);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < cols; x++) {
        data[(top + y) * width + left + x] = PAPER - images[(i * rows + y) * cols + x]!;
      }
    }
  }
  return pngUrl({ width, height, channels: 1, data });
}
