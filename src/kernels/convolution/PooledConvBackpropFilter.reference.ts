import type { ConvSizes } from "./Conv2D.reference.ts";
import { conv2DBackpropFilterReference } from "./Conv2DBackpropFilter.reference.ts";
import { unpoolReference } from "./PooledConvBackpropInput.reference.ts";

/**
 * The gradient of the filter of a convolution that was pooled 2×2, summed in float64.
 *
 * @param x       [batch, inHeight, inWidth, inChannels]
 * @param dPooled and `which` as `unpoolReference` takes them.
 * @returns [filterHeight, filterWidth, inChannels, outChannels]
 */
export function pooledConvBackpropFilterReference(
  s: ConvSizes,
  x: ArrayLike<number>,
  dPooled: ArrayLike<number>,
  which: ArrayLike<number>,
): Float64Array {
  return conv2DBackpropFilterReference(s, x, unpoolReference(s, dPooled, which));
}
