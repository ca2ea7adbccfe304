import { type ConvSizes, eachProduct } from "./Conv2D.reference.ts";

/**
 * The gradient of a convolution's filter, one product at a time, summed in float64.
 *
 * @param x  [batch, inHeight, inWidth, inChannels]
 * @param dy [batch, outHeight, outWidth, outChannels]
 * @returns [filterHeight, filterWidth, inChannels, outChannels]
 */
export function conv2DBackpropFilterReference(
  s: ConvSizes,
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
): Float64Array {
  const dFilter = new Float64Array(s.filterHeight * s.filterWidth * s.inChannels * s.outChannels);
  eachProduct(s, (i, f, o) => {
    dFilter[f]! += x[i]! * dy[o]!;
  });
  return dFilter;
}
