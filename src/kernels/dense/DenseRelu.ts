import type {
  GradConfig,
  NamedTensorMap,
  Tensor,
  Tensor1D,
  Tensor2D,
  TensorInfo,
} from "@tensorflow/tfjs-core";
import { inputsOf, type OwnKernel } from "../own-kernel.ts";
import * as tf from "../tf.ts";
import { isStockFaster, product } from "./BatchMatMul.ts";

/** relu(x · kernel + bias), float32 [N, P] · [P, K] + [K]: `_FusedMatMul` under a name that can have a gradient. */
export const denseReluKernel: OwnKernel = {
  kernelName: "DenseRelu",
  create: (context) => (call) => {
    const { x: a, kernel: b, bias } = inputsOf<"x" | "kernel" | "bias">(call);
    if (isStockFaster(a, b, false, false)) {
      // tfjs's kernel requires batches of matrices.
      const [aBatch, bBatch] = [a, b].map((matrix) => ({ ...matrix, shape: [1, ...matrix.shape] }));
      const attrs = { transposeA: false, transposeB: false, activation: "relu" };
      const stock = tf.getKernel("_FusedMatMul", "wasm").kernelFunc;
      const out = stock({ inputs: { a: aBatch!, b: bBatch!, bias }, backend: call.backend, attrs });
      return { ...(out as TensorInfo), shape: [a.shape[0]!, b.shape[1]!] };
    }
    return product(context, { a, b, bias, transposeA: false, transposeB: false, low: 0 });
  },
};

/**
 * relu(x · kernel + bias) as one kernel, in training too, with gradients that skip what relu, and dropout
 * above it, have made 0.
 *
 * @param x      float32 [N, P]
 * @param kernel float32 [P, K]
 * @param bias   float32 [K]
 * @throws {RangeError} when the sizes or types do not fit.
 */
export function denseRelu(x: Tensor2D, kernel: Tensor2D, bias: Tensor1D): Tensor2D {
  const isFloat = [x, kernel, bias].every(({ dtype }) => dtype === "float32");
  const isFitting = x.shape[1] === kernel.shape[0] && bias.rank === 1 && bias.shape[0] === kernel.shape[1];
  if (!isFloat || !isFitting || x.size === 0 || kernel.size === 0) {
    throw new RangeError(
      `Cannot multiply ${x.dtype} [${x.shape}] by ${kernel.dtype} [${kernel.shape}] with a bias of [${bias.shape}]`,
    );
  }
  const inputs = { x, kernel, bias } as unknown as NamedTensorMap;
  return tf.engine().runKernel("DenseRelu", inputs) as Tensor2D;
}

const gradient: GradConfig = {
  kernelName: "DenseRelu",
  inputsToSave: ["x", "kernel"],
  outputsToSave: [true],
  gradFunc: (dy, saved) => {
    const [x, kernel, y] = saved as [Tensor2D, Tensor2D, Tensor2D];
    const run = (name: string, inputs: Record<string, Tensor>) => tf.engine().runKernel(name, inputs);
    const [dz, dBias] = run("ReluGradSum", { y, dy: dy as Tensor }) as unknown as [Tensor, Tensor];
    return {
      x: () => run("DenseBackpropInput", { dz, kernel }) as Tensor,
      kernel: () => run("DenseBackpropKernel", { x, dz }) as Tensor,
      bias: () => tf.clone(dBias),
    };
  },
};

/**
 * Registers the gradient of `denseRelu`.
 *
 * @returns a function that unregisters it.
 */
export function registerDenseReluGradient(): () => void {
  tf.registerGradient(gradient);
  return () => tf.unregisterGradient("DenseRelu");
}
