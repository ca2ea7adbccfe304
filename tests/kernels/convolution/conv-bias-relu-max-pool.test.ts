import { expect, test } from "bun:test";
import {
  convReluMaxPoolGradReference,
  convReluMaxPoolReference,
} from "../../../src/kernels/convolution/ConvReluMaxPool.reference.ts";
import { convBiasReluMaxPool } from "../../../src/kernels/own-operations.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import { count } from "../support/convolutions.ts";
import { dot, expectClose, randomValues } from "../support/numbers.ts";
import {
  describePooled,
  POOLED_CONVOLUTIONS,
  type PooledCase,
  pooledShape,
  pooledSizes,
} from "../support/pooled-convolutions.ts";

useKernels();

/** Few channels, or another filter size: computed by two operations. */
const COMPOSED: readonly PooledCase[] = [
  { x: [2, 9, 8, 3], filter: [3, 3, 3, 5], pad: "valid" },
  { x: [2, 8, 8, 16], filter: [5, 5, 16, 16], pad: "same" },
];

/** Inputs, and a dPooled of which a third is 0 as after dropout. */
function valuesFor(c: PooledCase) {
  const s = pooledSizes(c);
  const pooled = pooledShape(s);
  return {
    s,
    pooled,
    x: randomValues(count(c.x), 1),
    filter: randomValues(count(c.filter), 2),
    bias: randomValues(s.outChannels, 3),
    dPooled: randomValues(count(pooled), 4).map((value, i) => (i % 3 === 0 ? 0 : value)),
  };
}

function forward(c: PooledCase): tf.Tensor {
  const { x, filter, bias } = valuesFor(c);
  return convBiasReluMaxPool(tf.tensor4d(x, c.x), tf.tensor4d(filter, c.filter), tf.tensor1d(bias), c);
}

/** The gradients of x, filter and bias. */
function gradients(c: PooledCase): tf.Tensor[] {
  const { x, filter, bias, dPooled, pooled } = valuesFor(c);
  const inputs = [tf.tensor(x, c.x), tf.tensor(filter, c.filter), tf.tensor(bias)];
  return tf.grads((a, b, d) => convBiasReluMaxPool(a as tf.Tensor4D, b as tf.Tensor4D, d!, c))(
    inputs,
    tf.tensor(dPooled, pooled),
  );
}

for (const c of [...POOLED_CONVOLUTIONS, ...COMPOSED]) {
  test(`convBiasReluMaxPool() is within 1e-5 of the reference's largest value for ${describePooled(c)}`, () => {
    const { s, x, filter, bias } = valuesFor(c);
    const found = valuesOf(() => forward(c));
    expectClose(found, convReluMaxPoolReference(s, x, filter, bias), 1e-5);
  });

  test(`convBiasReluMaxPool() has the reference's gradients within 1e-5 for ${describePooled(c)}`, () => {
    const { s, x, filter, bias, dPooled } = valuesFor(c);
    const expected = convReluMaxPoolGradReference(s, x, filter, bias, dPooled);
    tf.tidy(() => {
      const [dX, dFilter, dBias] = gradients(c).map((gradient) => gradient.dataSync());
      expectClose(dX!, expected.x, 1e-5);
      expectClose(dFilter!, expected.filter, 1e-5);
      expectClose(dBias!, expected.bias, 1e-5);
    });
  });
}

test("convBiasReluMaxPool() agrees with conv2d, add, relu and maxPool on the cpu backend within 1e-5", async () => {
  const c = POOLED_CONVOLUTIONS[1]!;
  const { x, filter, bias } = valuesFor(c);
  const expected = await valuesOnCpu(() => {
    const convolved = tf.conv2d(tf.tensor4d(x, c.x), tf.tensor4d(filter, c.filter), 1, c.pad);
    return tf.maxPool(tf.relu(tf.add(convolved, tf.tensor1d(bias))) as tf.Tensor4D, 2, 2, "valid");
  });
  expectClose(
    valuesOf(() => forward(c)),
    expected,
    1e-5,
  );
});

test("convBiasReluMaxPool()'s gradients match central differences of the reference within 1e-3", () => {
  const c = POOLED_CONVOLUTIONS[2]!;
  const { s, x, filter, bias, dPooled } = valuesFor(c);
  const [dX, dFilter] = tf.tidy(() => gradients(c).map((gradient) => gradient.dataSync()));
  // Small enough that no window changes its maximum; the reference computes in float64.
  const h = 1e-6;
  const difference = (of: Float32Array, i: number, loss: (moved: Float64Array) => number) => {
    const [up, down] = [Float64Array.from(of), Float64Array.from(of)];
    up[i]! += h;
    down[i]! -= h;
    return (loss(up) - loss(down)) / (2 * h);
  };
  for (const i of [0, 5, x.length >> 1, x.length - 1]) {
    const loss = (moved: Float64Array) => dot(convReluMaxPoolReference(s, moved, filter, bias), dPooled);
    expect(dX![i]!).toBeCloseTo(difference(x, i, loss), 3);
  }
  for (const i of [0, 17, filter.length >> 1, filter.length - 1]) {
    const loss = (moved: Float64Array) => dot(convReluMaxPoolReference(s, x, moved, bias), dPooled);
    expect(dFilter![i]!).toBeCloseTo(difference(filter, i, loss), 3);
  }
});

test("convBiasReluMaxPool() leaves no tensor behind but its output, with a gradient or without", () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => void gradients(POOLED_CONVOLUTIONS[0]!));
  const { x, filter, bias } = valuesFor(POOLED_CONVOLUTIONS[0]!);
  const inputs = [
    tf.tensor(x, POOLED_CONVOLUTIONS[0]!.x),
    tf.tensor(filter, POOLED_CONVOLUTIONS[0]!.filter),
    tf.tensor(bias),
  ];
  convBiasReluMaxPool(
    inputs[0] as tf.Tensor4D,
    inputs[1] as tf.Tensor4D,
    inputs[2]!,
    POOLED_CONVOLUTIONS[0]!,
  ).dispose();
  tf.dispose(inputs);
  expect(tf.memory().numTensors).toBe(before);
});

test("convBiasReluMaxPool() refuses channels and a bias that do not fit", () => {
  const [x, filter, bias] = [tf.zeros([1, 8, 8, 16]), tf.zeros([3, 3, 20, 16]), tf.zeros([16])];
  expect(() => convBiasReluMaxPool(x as tf.Tensor4D, filter as tf.Tensor4D, bias, { pad: "valid" })).toThrow(
    "Cannot convolve [1,8,8,16] with a filter of [3,3,20,16] and a bias of [16]",
  );
  tf.dispose([x, filter, bias]);
});
