import { type ConvSizes, eachProduct } from "./Conv2D.reference.ts";

/**
 * The gradients of filter and bias of a convolution with relu, one product at a time, summed in float64.
 *
 * @param s  of 3×3 filters and one channel of input.
 * @param x  [batch, inHeight, inWidth, 1]
 * @param y  [batch, outHeight, outWidth, outChannels], relu's output.
 * @param dy the gradient of `y`, of the same shape.
 * @returns [10, outChannels]: the filter's nine taps, then the bias.
 */
export function oneChannelConvGradReference(
  s: ConvSizes,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  dy: ArrayLike<number>,
): Float64Array {
  const gradients = new Float64Array(10 * s.outChannels);
  eachProduct(s, (i, f, o) => {
    if (y[o]! > 0) gradients[f]! += x[i]! * dy[o]!;
  });
  for (let o = 0; o < dy.length; o++) {
    if (y[o]! > 0) gradients[9 * s.outChannels + (o % s.outChannels)]! += dy[o]!;
  }
  return gradients;
}
