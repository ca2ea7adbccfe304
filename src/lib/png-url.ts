import { encode } from "fast-png";

export interface Picture {
  width: number;
  height: number;
  channels: number;
  /** uint8 [height, width, channels]. */
  data: Uint8Array;
}

/** A picture as PNG in a data URL. */
export function pngUrl(picture: Picture): string {
  return `data:image/png;base64,${Buffer.from(encode({ ...picture, depth: 8 })).toString("base64")}`;
}
