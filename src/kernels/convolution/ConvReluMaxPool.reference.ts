import { maxPoolGradReference } from "../ops/MaxPoolGrad.reference.ts";
import { reluGradReference } from "../ops/ReluGrad.reference.ts";
import { type ConvSizes, conv2DReference } from "./Conv2D.reference.ts";
import { conv2DBackpropFilterReference } from "./Conv2DBackpropFilter.reference.ts";
import { conv2DBackpropInputReference } from "./Conv2DBackpropInput.reference.ts";
import { fusedConv2DReference } from "./FusedConv2D.reference.ts";

/** 2×2 max pooling with stride 2: y [N, ⌊H/2⌋, ⌊W/2⌋, C] of x [N, H, W, C]. */
function maxPoolReference(shape: readonly [number, number, number, number], x: Float64Array): Float64Array {
  const [n, h, w, c] = shape;
  const y: number[] = [];
  for (let image = 0; image < n; image++) {
    for (let oy = 0; oy < h >> 1; oy++) {
      for (let ox = 0; ox < w >> 1; ox++) {
        for (let channel = 0; channel < c; channel++) {
          const corner = ((image * h + 2 * oy) * w + 2 * ox) * c + channel;
          y.push(Math.max(...[corner, corner + c, corner + w * c, corner + w * c + c].map((i) => x[i]!)));
        }
      }
    }
  }
  return Float64Array.from(y);
}

const convShape = (s: ConvSizes) => [s.batch, s.outHeight, s.outWidth, s.outChannels] as const;

/** Convolution, bias, relu and pooling, in sequence. @returns [N, ⌊outH/2⌋, ⌊outW/2⌋, K] */
export function convReluMaxPoolReference(
  s: ConvSizes,
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
  bias: ArrayLike<number>,
): Float64Array {
  return maxPoolReference(convShape(s), fusedConv2DReference(s, x, filter, bias, true));
}

/** The gradients of the three inputs of `convReluMaxPoolReference`, by the references of each step. */
export function convReluMaxPoolGradReference(
  s: ConvSizes,
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
  bias: ArrayLike<number>,
  dPooled: ArrayLike<number>,
): { x: Float64Array; filter: Float64Array; bias: Float64Array } {
  const sums = conv2DReference(s, x, filter).map((value, i) => value + bias[i % s.outChannels]!);
  const relu = sums.map((value) => Math.max(0, value));
  const dConv = reluGradReference(sums, maxPoolGradReference(convShape(s), relu, dPooled));
  const dBias = new Float64Array(s.outChannels);
  dConv.forEach((value, i) => {
    dBias[i % s.outChannels]! += value;
  });
  return {
    x: conv2DBackpropInputReference(s, dConv, filter),
    filter: conv2DBackpropFilterReference(s, x, dConv),
    bias: dBias,
  };
}
