import type { ConvSizes } from "./Conv2D.reference.ts";
import { conv2DBackpropInputReference } from "./Conv2DBackpropInput.reference.ts";

/**
 * Writes each pooled gradient to the position of its window's maximum, and 0 everywhere else.
 *
 * @param dPooled [batch, ⌊outHeight/2⌋, ⌊outWidth/2⌋, outChannels]
 * @param which   of the same shape, the position 0…3 in the 2×2 window, row by row.
 * @returns [batch, outHeight, outWidth, outChannels]
 */
export function unpoolReference(
  { batch, outHeight, outWidth, outChannels }: ConvSizes,
  dPooled: ArrayLike<number>,
  which: ArrayLike<number>,
): Float64Array {
  const dConv = new Float64Array(batch * outHeight * outWidth * outChannels);
  let at = 0;
  for (let n = 0; n < batch; n++) {
    for (let py = 0; py < outHeight >> 1; py++) {
      for (let px = 0; px < outWidth >> 1; px++) {
        for (let k = 0; k < outChannels; k++, at++) {
          const y = 2 * py + (which[at]! >> 1);
          const x = 2 * px + (which[at]! & 1);
          dConv[((n * outHeight + y) * outWidth + x) * outChannels + k] = dPooled[at]!;
        }
      }
    }
  }
  return dConv;
}

/**
 * The gradient of the input of a convolution that was pooled 2×2, summed in float64.
 *
 * @param dPooled and `which` as `unpoolReference` takes them.
 * @param filter  [filterHeight, filterWidth, inChannels, outChannels]
 * @returns [batch, inHeight, inWidth, inChannels]
 */
export function pooledConvBackpropInputReference(
  s: ConvSizes,
  dPooled: ArrayLike<number>,
  which: ArrayLike<number>,
  filter: ArrayLike<number>,
): Float64Array {
  return conv2DBackpropInputReference(s, unpoolReference(s, dPooled, which), filter);
}
