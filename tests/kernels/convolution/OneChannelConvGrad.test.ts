import { test } from "bun:test";
import { oneChannelConvGradReference } from "../../../src/kernels/convolution/OneChannelConvGrad.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf } from "../support/backends.ts";
import { count, outShapeOf, sizesOf } from "../support/convolutions.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

/** One output, odd sizes, channels below and beyond a block of 32, padding, more images than groups. */
const CASES = [
  { x: [1, 3, 3, 1], channels: 4, pad: "valid" },
  { x: [1, 1, 1, 1], channels: 8, pad: "same" },
  { x: [2, 7, 5, 1], channels: 44, pad: "same" },
  { x: [3, 28, 28, 1], channels: 32, pad: "valid" },
  { x: [19, 5, 9, 1], channels: 36, pad: "valid" },
] as const;

for (const { x: shape, channels, pad } of CASES) {
  test(`OneChannelConvGrad() is within 1e-5 of the reference's largest value for [${shape}], ${channels} channels, ${pad} padding`, () => {
    const filterShape: [number, number, number, number] = [3, 3, 1, channels];
    const s = sizesOf({ x: [...shape], filter: filterShape, strides: [1, 1], pad, dilations: 1 });
    const outShape = outShapeOf(s);
    const x = randomValues(count(shape), 1);
    const y = randomValues(count(outShape), 2).map((value) => Math.max(0, value));
    const dy = randomValues(count(outShape), 3);
    const found = valuesOf(() => {
      const inputs = { x: tf.tensor(x, [...shape]), y: tf.tensor(y, outShape), dy: tf.tensor(dy, outShape) };
      return tf
        .engine()
        .runKernel("OneChannelConvGrad", inputs, { strides: [1, 1], pad, filterShape }) as tf.Tensor;
    });
    expectClose(found, oneChannelConvGradReference(s, x, y, dy), 1e-5);
  });
}
