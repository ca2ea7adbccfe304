import { expect, test } from "bun:test";
import { reluGradSumReference } from "../../../src/kernels/ops/ReluGradSum.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels } from "../support/backends.ts";
import { expectClose, randomValues } from "../support/numbers.ts";

useKernels();

for (const shape of [
  [1, 1],
  [3, 5, 7, 12],
  [1000, 33],
  [18, 64],
]) {
  test(`ReluGradSum() is within 1e-6 of the reference's largest value for [${shape}]`, () => {
    const n = shape.reduce((product, size) => product * size);
    const [y, dy] = [randomValues(n, 1), randomValues(n, 2)];
    const inputs = { y: tf.tensor(y, shape), dy: tf.tensor(dy, shape) };
    const [dz, dBias] = tf.engine().runKernel("ReluGradSum", inputs) as [tf.Tensor, tf.Tensor];
    const expected = reluGradSumReference(shape.at(-1)!, y, dy);
    expect(dz.shape).toEqual(shape);
    expectClose(dz.dataSync(), expected.dz, 0);
    expectClose(dBias.dataSync(), expected.dBias, 1e-6);
    tf.dispose([inputs.y, inputs.dy, dz, dBias]);
  });
}
