import { type Tensor, util } from "@tensorflow/tfjs-core";
import { attributesOf, inputsOf, type OwnKernel } from "../own-kernel.ts";
import * as tf from "../tf.ts";
import { SPAN } from "../wasm/shared-sizes.ts";

/** Hyperparameters of RMSprop, as in `rmsPropStepKernel`'s formula. */
export interface RmsPropAttributes {
  learningRate: number;
  /** Decay of the running mean, 0..1. */
  rho: number;
  /** Above 0, to prevent division by 0. */
  epsilon: number;
}

/**
 * One step of RMSprop in one pass, float32.
 *
 *   m' = rho·m + (1 − rho)·g²
 *   w' = w − learningRate·g / √(m' + epsilon)
 *
 * Returns new tensors [w', m']: XNNPACK continues to use the packed form of a weight that is changed in place.
 */
export const rmsPropStepKernel: OwnKernel = {
  kernelName: "RmsPropStep",
  create: (context) => (call) => {
    const { weight, square, gradient } = inputsOf<"weight" | "square" | "gradient">(call);
    const { learningRate, rho, epsilon } = attributesOf<RmsPropAttributes>(call);
    const newWeight = context.output(weight.shape);
    const newSquare = context.output(weight.shape);
    const size = util.sizeFromShape(weight.shape);
    context.pool.run("rmsPropStep", {
      chunks: Math.ceil(size / SPAN),
      args: {
        weight: context.pointer(weight),
        square: context.pointer(square),
        gradient: context.pointer(gradient),
        newWeight: context.pointer(newWeight),
        newSquare: context.pointer(newSquare),
        size,
        learningRate,
        rho,
        epsilon,
      },
    });
    return [newWeight, newSquare];
  },
};

/**
 * Updates a weight by one step of RMSprop.
 *
 * @param weight   float32, assigned its new values.
 * @param square   the running mean of squared gradients, of the same shape; assigned its new values. Initially zeros.
 * @param gradient of the same shape; not disposed of.
 * @throws {RangeError} when the shapes differ; nothing is then changed.
 */
export function rmsPropStep(
  weight: tf.Variable,
  square: tf.Variable,
  gradient: Tensor,
  attributes: RmsPropAttributes,
): void {
  for (const other of [square, gradient]) {
    if (!util.arraysEqual(weight.shape, other.shape)) {
      throw new RangeError(
        `Cannot update weight "${weight.name}" of shape [${weight.shape}] by values of shape [${other.shape}]`,
      );
    }
  }
  const inputs = { weight, square, gradient };
  const [newWeight, newSquare] = tf.engine().runKernel("RmsPropStep", inputs, { ...attributes }) as [
    Tensor,
    Tensor,
  ];
  weight.assign(newWeight);
  square.assign(newSquare);
}
