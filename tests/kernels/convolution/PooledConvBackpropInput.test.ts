import { test } from "bun:test";
import { pooledConvBackpropInputReference } from "../../../src/kernels/convolution/PooledConvBackpropInput.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf } from "../support/backends.ts";
import { count } from "../support/convolutions.ts";
import { expectClose, randomValues } from "../support/numbers.ts";
import {
  describePooled,
  POOLED_CONVOLUTIONS,
  pooledShape,
  pooledSizes,
} from "../support/pooled-convolutions.ts";

useKernels();

for (const c of POOLED_CONVOLUTIONS) {
  test(`PooledConvBackpropInput() is within 1e-5 of the reference's largest value for ${describePooled(c)}`, () => {
    const s = pooledSizes(c);
    const shape = pooledShape(s);
    const filter = randomValues(count(c.filter), 1);
    const dPooled = randomValues(count(shape), 2).map((value, i) => (i % 3 === 0 ? 0 : value));
    // Any position will do: the forward kernel decides where the maximum is.
    const which = Uint8Array.from(randomValues(count(shape), 3), (value) => Math.floor(2 * value + 2));
    const found = valuesOf(() => {
      const inputs = {
        filter: tf.tensor(filter, c.filter),
        dPooled: tf.tensor(dPooled, shape),
        which: tf.tensor(which, shape, "bool"),
      };
      return tf
        .engine()
        .runKernel("PooledConvBackpropInput", inputs, { pad: c.pad, inputShape: c.x }) as tf.Tensor;
    });
    expectClose(found, pooledConvBackpropInputReference(s, dPooled, which, filter), 1e-5);
  });
}
