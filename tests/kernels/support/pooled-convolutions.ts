import type { ConvSizes } from "../../../src/kernels/convolution/Conv2D.reference.ts";
import { sizesOf } from "./convolutions.ts";

/** A convolution with stride 1 below 2×2 pooling with stride 2. */
export interface PooledCase {
  x: [number, number, number, number];
  filter: [number, number, number, number];
  pad: "valid" | "same";
}

/**
 * Convolutions that the pooled kernels cover: one image, one window, odd outputs, channels beyond and below a block
 * of 32, padding, more images than groups.
 */
export const POOLED_CONVOLUTIONS: readonly PooledCase[] = [
  { x: [1, 6, 6, 16], filter: [3, 3, 16, 16], pad: "valid" },
  { x: [2, 9, 11, 20], filter: [3, 3, 20, 36], pad: "valid" },
  { x: [3, 7, 9, 32], filter: [3, 3, 32, 20], pad: "same" },
  { x: [2, 8, 6, 48], filter: [3, 3, 48, 16], pad: "same" },
  { x: [19, 6, 7, 16], filter: [3, 3, 16, 24], pad: "valid" },
  { x: [2, 28, 28, 32], filter: [3, 3, 32, 64], pad: "valid" },
];

/** A description of the case, for titles. */
export function describePooled(c: PooledCase): string {
  return `[${c.x}] by [${c.filter}], ${c.pad} padding`;
}

/** The sizes of the convolution below the pooling. */
export function pooledSizes(c: PooledCase): ConvSizes {
  return sizesOf({ ...c, strides: [1, 1], dilations: 1 });
}

/** [N, ⌊OH/2⌋, ⌊OW/2⌋, K] */
export function pooledShape(s: ConvSizes): [number, number, number, number] {
  return [s.batch, s.outHeight >> 1, s.outWidth >> 1, s.outChannels];
}
