import type { ConvSizes } from "../../../src/kernels/convolution/Conv2D.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";

export interface ConvCase {
  x: [number, number, number, number];
  filter: [number, number, number, number];
  strides: [number, number];
  pad: "valid" | "same" | number;
  dilations: number;
}

const conv = (
  x: ConvCase["x"],
  filter: ConvCase["filter"],
  strides: ConvCase["strides"] = [1, 1],
  pad: ConvCase["pad"] = "valid",
  dilations = 1,
): ConvCase => ({ x, filter, strides, pad, dilations });

/** Awkward sizes: ones, odd ones, more than a block, strides, padding; 3×3 with 16 channels and more is Winograd's. */
export const CONVOLUTIONS: readonly ConvCase[] = [
  conv([1, 1, 1, 1], [1, 1, 1, 1]),
  conv([2, 28, 28, 1], [3, 3, 1, 32]),
  conv([2, 7, 5, 1], [3, 3, 1, 44], [1, 1], "same"),
  conv([1, 3, 4, 1], [3, 3, 1, 4]),
  conv([3, 7, 9, 5], [3, 2, 5, 9], [2, 2], "same"),
  conv([2, 13, 11, 7], [5, 3, 7, 10], [3, 3], "same"),
  conv([2, 9, 9, 3], [3, 3, 3, 4], [2, 1], 2),
  conv([1, 6, 6, 300], [2, 2, 300, 5], [1, 1], "same"),
  conv([1, 5, 300, 2], [3, 3, 2, 3]),
  conv([17, 4, 4, 2], [3, 3, 2, 3], [1, 1], "same"),
  conv([1, 6, 6, 16], [3, 3, 16, 16]),
  conv([2, 14, 14, 32], [3, 3, 32, 64]),
  conv([5, 9, 11, 16], [3, 3, 16, 20], [1, 1], "same"),
  conv([18, 7, 13, 20], [3, 3, 20, 16], [1, 1], 2),
];

export const DILATED: readonly ConvCase[] = [
  conv([2, 12, 12, 4], [3, 3, 4, 6], [1, 1], "same", 2),
  conv([1, 9, 10, 16], [3, 3, 16, 16], [1, 1], "valid", 3),
];

/** A description of the case, for titles. */
export function describeCase(c: ConvCase): string {
  const padding = c.pad === "valid" ? "" : `, padding ${c.pad}`;
  const stride = c.strides.some((step) => step > 1) ? `, stride ${c.strides.join("×")}` : "";
  const dilation = c.dilations > 1 ? `, dilation ${c.dilations}` : "";
  return `[${c.x}] by [${c.filter}]${stride}${padding}${dilation}`;
}

export function sizesOf(c: ConvCase): ConvSizes {
  const info = tf.backend_util.computeConv2DInfo(c.x, c.filter, c.strides, c.dilations, c.pad, roundingOf(c));
  return {
    batch: info.batchSize,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    inChannels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outChannels: info.outChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}

export function outShapeOf(s: ConvSizes): [number, number, number, number] {
  return [s.batch, s.outHeight, s.outWidth, s.outChannels];
}

export function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** tfjs requires a rounding mode when the padding is a number, and only then. */
export function roundingOf(c: ConvCase): "floor" | undefined {
  return typeof c.pad === "number" ? "floor" : undefined;
}
