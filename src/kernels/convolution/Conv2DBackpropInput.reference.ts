import { type ConvSizes, eachProduct } from "./Conv2D.reference.ts";

/**
 * The gradient of a convolution's input, one product at a time, summed in float64.
 *
 * @param dy     [batch, outHeight, outWidth, outChannels]
 * @param filter [filterHeight, filterWidth, inChannels, outChannels]
 * @returns [batch, inHeight, inWidth, inChannels]
 */
export function conv2DBackpropInputReference(
  s: ConvSizes,
  dy: ArrayLike<number>,
  filter: ArrayLike<number>,
): Float64Array {
  const dx = new Float64Array(s.batch * s.inHeight * s.inWidth * s.inChannels);
  eachProduct(s, (i, f, o) => {
    dx[i]! += dy[o]! * filter[f]!;
  });
  return dx;
}
