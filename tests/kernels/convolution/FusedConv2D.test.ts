import { test } from "bun:test";
import { fusedConv2DReference } from "../../../src/kernels/convolution/FusedConv2D.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import {
  CONVOLUTIONS,
  type ConvCase,
  count,
  describeCase,
  roundingOf,
  sizesOf,
} from "../support/convolutions.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

type Activation = "linear" | "relu" | "relu6";

function convolve(c: ConvCase, activation: Activation): tf.Tensor {
  return tf.fused.conv2d({
    x: tf.tensor4d(randomValues(count(c.x), 1), c.x),
    filter: tf.tensor4d(randomValues(count(c.filter), 2), c.filter),
    bias: tf.tensor1d(randomValues(c.filter[3], 4)),
    strides: c.strides,
    pad: c.pad,
    dilations: c.dilations,
    dimRoundingMode: roundingOf(c),
    activation,
  });
}

for (const c of CONVOLUTIONS) {
  for (const activation of ["linear", "relu"] as const) {
    test(`FusedConv2D() with ${activation} is within 1e-5 of the reference's largest value for ${describeCase(c)}`, () => {
      const x = randomValues(count(c.x), 1);
      const filter = randomValues(count(c.filter), 2);
      const bias = randomValues(c.filter[3], 4);
      const expected = fusedConv2DReference(sizesOf(c), x, filter, bias, activation === "relu");
      expectClose(
        valuesOf(() => convolve(c, activation)),
        expected,
        1e-5,
      );
    });
  }
}

test("FusedConv2D() with relu6, which our kernel does not cover, uses tfjs's own and is within 1e-5 of its cpu backend", async () => {
  const c = CONVOLUTIONS[4]!;
  expectClose(
    valuesOf(() => convolve(c, "relu6")),
    await valuesOnCpu(() => convolve(c, "relu6")),
    1e-5,
  );
});
