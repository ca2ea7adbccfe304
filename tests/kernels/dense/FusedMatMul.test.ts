import { expect, test } from "bun:test";
import type { ProductSizes } from "../../../src/kernels/dense/BatchMatMul.reference.ts";
import { fusedMatMulReference } from "../../../src/kernels/dense/FusedMatMul.reference.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { useKernels, valuesOf, valuesOnCpu } from "../support/backends.ts";
import { expectClose, randomValues } from "../support/numbers.ts";
import { describeProduct, PRODUCTS } from "../support/products.ts";

useKernels();

function multiply(s: ProductSizes, activation: "linear" | "relu" | "sigmoid"): tf.Tensor {
  return tf.fused.matMul({
    a: tf.tensor2d(randomValues(s.m * s.k, 1), s.transposeA ? [s.k, s.m] : [s.m, s.k]),
    b: tf.tensor2d(randomValues(s.k * s.n, 2), s.transposeB ? [s.n, s.k] : [s.k, s.n]),
    transposeA: s.transposeA,
    transposeB: s.transposeB,
    bias: tf.tensor1d(randomValues(s.n, 3)),
    activation,
  });
}

for (const s of PRODUCTS) {
  for (const activation of ["linear", "relu"] as const) {
    test(`_FusedMatMul() with ${activation} is within 1e-5 of the reference's largest value for ${describeProduct(s)}`, () => {
      const a = randomValues(s.m * s.k, 1);
      const expected = fusedMatMulReference(
        s,
        a,
        randomValues(s.k * s.n, 2),
        randomValues(s.n, 3),
        activation === "relu",
      );
      expectClose(
        valuesOf(() => multiply(s, activation)),
        expected,
        1e-5,
      );
    });
  }
}

test("_FusedMatMul() with sigmoid, which our kernel does not cover, uses tfjs's own and is within 1e-5 of its cpu backend", async () => {
  const s = PRODUCTS.find(({ m, transposeA, transposeB }) => m === 13 && !transposeA && !transposeB)!;
  expectClose(
    valuesOf(() => multiply(s, "sigmoid")),
    await valuesOnCpu(() => multiply(s, "sigmoid")),
    1e-5,
  );
});

test("_FusedMatMul() refuses sigmoid with a bias and a transposed side, which tfjs's kernel computes incorrectly", () => {
  const s = PRODUCTS.find(({ m, transposeA, transposeB }) => m === 13 && !transposeA && transposeB)!;
  expect(() => valuesOf(() => multiply(s, "sigmoid"))).toThrow("cannot compute _FusedMatMul with sigmoid");
});
