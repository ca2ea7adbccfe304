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

/** Encodes an image as PNG in a data URL. */
export function pngUrl(picture: Picture): string {
  return `data:image/png;base64,${Buffer.from(encode({ ...picture, depth: 8 })).toString("base64")}`;
}
