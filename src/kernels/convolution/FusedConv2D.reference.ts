import { type ConvSizes, conv2DReference } from "./Conv2D.reference.ts";

/** `conv2DReference`, plus a bias for each output channel, then relu if `isRelu`. */
export function fusedConv2DReference(
  s: ConvSizes,
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
  bias: ArrayLike<number>,
  isRelu: boolean,
): Float64Array {
  return conv2DReference(s, x, filter).map((value, i) => {
    const sum = value + bias[i % s.outChannels]!;
    return isRelu ? Math.max(0, sum) : sum;
  });
}
