import { type Tensor, util } from "@tensorflow/tfjs-core";
import { attributesOf, inputsOf, type OwnKernel } from "../own-kernel.ts";
import * as tf from "../tf.ts";
import { SPAN } from "../wasm/shared-sizes.ts";

interface DropoutAttributes {
  /** In [0, 1). */
  rate: number;
  /** A whole number from 0 to 2³¹ − 1. */
  seed: number;
}

/**
 * Inverted dropout, float32: y[i] is 0 with probability `rate`, else x[i] / (1 − rate). The mask depends only on i and
 * the seed, so the gradient reproduces it without anything being stored.
 */
export const seededDropout: OwnKernel = {
  kernelName: "SeededDropout",
  create: (context) => (call) => {
    const { x } = inputsOf<"x">(call);
    const { rate, seed } = attributesOf<DropoutAttributes>(call);
    const y = context.output(x.shape);
    const size = util.sizeFromShape(x.shape);
    const [threshold, scale] = [Math.round(rate * 2 ** 31), 1 / (1 - rate)];
    context.pool.run("seededDropout", {
      chunks: Math.ceil(size / SPAN),
      args: { x: context.pointer(x), y: context.pointer(y), size, seed, threshold, scale },
    });
    return y;
  },
};

/**
 * Registers the gradient of `dropout`: dropout of dy by the same seed.
 *
 * @returns a function that unregisters it.
 */
export function registerDropoutGradient(): () => void {
  tf.registerGradient({
    kernelName: "SeededDropout",
    gradFunc: (dy, _saved, attributes) => {
      const { rate, seed } = attributes as unknown as DropoutAttributes;
      return { x: () => dropout(dy as Tensor, rate, seed) };
    },
  });
  return () => tf.unregisterGradient("SeededDropout");
}

/**
 * Inverted dropout by a seed: the same seed gives the same mask on any number of threads, another seed another mask.
 *
 * @param x    float32.
 * @param rate probability of 0, in [0, 1).
 * @param seed a whole number from 0 to 2³¹ − 1.
 * @throws {RangeError} when the rate is not in [0, 1).
 * @throws {TypeError} when x is not float32.
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, seed: number): T {
  if (!(rate >= 0 && rate < 1))
    throw new RangeError(`Cannot drop values at a rate of ${rate}: expected a rate in [0, 1)`);
  if (x.dtype !== "float32")
    throw new TypeError(`Cannot drop values of a ${x.dtype} tensor: expected float32`);
  return tf.engine().runKernel("SeededDropout", { x }, { rate, seed }) as T;
}
