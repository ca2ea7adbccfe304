/** Sizes of a convolution of NHWC images; padding on the right and below follows from the output's size. */
export interface ConvSizes {
  batch: number;
  inHeight: number;
  inWidth: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  filterHeight: number;
  filterWidth: number;
  strideHeight: number;
  strideWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  top: number;
  left: number;
}

/** Calls `visit` with the flat indices of every x, filter and out element that a convolution multiplies and adds. */
export function eachProduct(s: ConvSizes, visit: (x: number, filter: number, out: number) => void): void {
  for (let n = 0; n < s.batch; n++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      for (let ox = 0; ox < s.outWidth; ox++) {
        for (let fh = 0; fh < s.filterHeight; fh++) {
          for (let fw = 0; fw < s.filterWidth; fw++) {
            const y = oy * s.strideHeight + fh * s.dilationHeight - s.top;
            const x = ox * s.strideWidth + fw * s.dilationWidth - s.left;
            if (y < 0 || x < 0 || y >= s.inHeight || x >= s.inWidth) continue;
            const pixel = ((n * s.inHeight + y) * s.inWidth + x) * s.inChannels;
            const tap = (fh * s.filterWidth + fw) * s.inChannels;
            const out = ((n * s.outHeight + oy) * s.outWidth + ox) * s.outChannels;
            for (let c = 0; c < s.inChannels; c++) {
              for (let k = 0; k < s.outChannels; k++)
                visit(pixel + c, (tap + c) * s.outChannels + k, out + k);
            }
          }
        }
      }
    }
  }
}

/**
 * Convolution, one product at a time, summed in float64.
 *
 * @param x      [batch, inHeight, inWidth, inChannels]
 * @param filter [filterHeight, filterWidth, inChannels, outChannels]
 * @returns [batch, outHeight, outWidth, outChannels]
 */
export function conv2DReference(s: ConvSizes, x: ArrayLike<number>, filter: ArrayLike<number>): Float64Array {
  const out = new Float64Array(s.batch * s.outHeight * s.outWidth * s.outChannels);
  eachProduct(s, (i, f, o) => {
    out[o]! += x[i]! * filter[f]!;
  });
  return out;
}
