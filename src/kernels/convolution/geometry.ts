import { backend_util, type Conv2DAttrs, type TensorInfo } from "@tensorflow/tfjs-core";

/** A convolution's sizes, strides and padding, as tfjs derives them from shapes and attributes. */
export type ConvInfo = backend_util.Conv2DInfo;

/** Derives a convolution's sizes as tfjs does. @param attributes without `dilations`, which the gradients lack: 1. */
export function convInfo(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: Omit<Conv2DAttrs, "dilations"> & { dilations?: Conv2DAttrs["dilations"] },
): ConvInfo {
  const { strides, pad, dataFormat, dilations = 1, dimRoundingMode } = attributes;
  return backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat),
  );
}

/** Returns whether the convolution kernels compute this: dense float32 NHWC with at least one value. */
export function isCovered(info: ConvInfo, ...tensors: TensorInfo[]): boolean {
  return (
    info.dataFormat === "channelsLast" &&
    info.outHeight > 0 &&
    info.outWidth > 0 &&
    tensors.every((tensor) => tensor.dtype === "float32" && tensor.shape.every((size) => size > 0))
  );
}

/**
 * The sizes of a convolution, in pixels and channels. Positions outside `input` count as 0, and so do those off the
 * grid of `up`, which dilates the input: 1 for a forward convolution, the stride for its input gradient.
 */
export interface PatchGeometry {
  batch: number;
  input: { height: number; width: number; channels: number };
  output: { height: number; width: number; channels: number };
  filter: { height: number; width: number };
  stride: { height: number; width: number };
  dilation: { height: number; width: number };
  up: { height: number; width: number };
  /** Rows of padding above the input; if negative, rows of the input that are never read. */
  top: number;
  /** The same for columns to its left. */
  left: number;
}

/** Returns the geometry of a forward convolution. */
export function forwardGeometry(info: ConvInfo): PatchGeometry {
  return {
    batch: info.batchSize,
    input: { height: info.inHeight, width: info.inWidth, channels: info.inChannels },
    output: { height: info.outHeight, width: info.outWidth, channels: info.outChannels },
    filter: { height: info.filterHeight, width: info.filterWidth },
    stride: { height: info.strideHeight, width: info.strideWidth },
    dilation: { height: info.dilationHeight, width: info.dilationWidth },
    up: { height: 1, width: 1 },
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}
