import { test } from "bun:test";
import { pooledConvBackpropFilterReference } from "../../../src/kernels/convolution/PooledConvBackpropFilter.reference.ts";
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
  test(`PooledConvBackpropFilter() is within 1e-5 of the reference's largest value for ${describePooled(c)}`, () => {
    const s = pooledSizes(c);
    const shape = pooledShape(s);
    const x = randomValues(count(c.x), 1);
    const dPooled = randomValues(count(shape), 2).map((value, i) => (i % 3 === 0 ? 0 : value));
    // Any position will do: the forward kernel decides where the maximum is.
    const which = Uint8Array.from(randomValues(count(shape), 3), (value) => Math.floor(2 * value + 2));
    const found = valuesOf(() => {
      const inputs = {
        x: tf.tensor(x, c.x),
        dPooled: tf.tensor(dPooled, shape),
        which: tf.tensor(which, shape, "bool"),
      };
      return tf
        .engine()
        .runKernel("PooledConvBackpropFilter", inputs, { pad: c.pad, filterShape: c.filter }) as tf.Tensor;
    });
    expectClose(found, pooledConvBackpropFilterReference(s, x, dPooled, which), 1e-5);
  });
}
