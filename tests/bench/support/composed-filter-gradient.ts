import { type KernelConfig, registerKernel, type Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "../../../src/kernels/tf.ts";

/**
 * The filter gradient of a 2-D convolution composed of stock tfjs operations: for each tap of the filter, the
 * input shifted by that tap times the output's gradient, summed over all pixels.
 *
 *   dFilter[fh,fw,c,k] = Σ n,oh,ow  x[n, oh·stride+fh−padTop, ow·stride+fw−padLeft, c] · dy[n,oh,ow,k]
 *
 * Slow (it is the baseline of the benchmark), but it covers every stride and padding.
 */
const composedConv2DBackpropFilter: KernelConfig = {
  kernelName: "Conv2DBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: Tensor4D; dy: Tensor4D };
    const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as {
      strides: number | [number, number];
      pad: "valid" | "same" | number;
      dimRoundingMode?: "floor" | "round" | "ceil";
      filterShape: [number, number, number, number];
    };
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
    const { top, bottom, left, right } = info.padInfo;
    return tf.tidy(() => {
      const padded = tf.pad(x, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
      const dyRows = tf.reshape(dy, [-1, info.outChannels]);
      const taps: tf.Tensor[] = [];
      for (let fh = 0; fh < info.filterHeight; fh++) {
        for (let fw = 0; fw < info.filterWidth; fw++) {
          const shifted = tf.stridedSlice(
            padded,
            [0, fh, fw, 0],
            [
              info.batchSize,
              fh + (info.outHeight - 1) * info.strideHeight + 1,
              fw + (info.outWidth - 1) * info.strideWidth + 1,
              info.inChannels,
            ],
            [1, info.strideHeight, info.strideWidth, 1],
          );
          const rows = tf.reshape(shifted, [-1, info.inChannels]);
          taps.push(tf.matMul(tf.transpose(rows), dyRows));
        }
      }
      return tf.reshape(tf.stack(taps), filterShape);
    });
  },
};

/** Registers the gradient for the wasm backend. */
export function registerComposedFilterGradient(): void {
  registerKernel(composedConv2DBackpropFilter);
}
