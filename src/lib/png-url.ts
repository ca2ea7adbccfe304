import { encode } from "fast-png";

/** An image with 8 bits per channel. */
export interface Picture {
  width: number;
  height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  channels: number;
  /** uint8 [height, width, channels]. */
  data: Uint8Array;
}

/**
 * Encodes an image as PNG in a data URL.
 * @param level of compression, 1 (fast: for many small images) to 9.
 */
export function pngUrl(picture: Picture, level: 1 | 6 | 9 = 6): string {
  const png = encode({ ...picture, depth: 8 }, { zlib: { level } });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}
