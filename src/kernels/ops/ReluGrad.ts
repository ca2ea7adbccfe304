import { type GradConfig, type KernelFunc, type Tensor, util } from "@tensorflow/tfjs-core";
import { inputsOf, type OwnKernel } from "../own-kernel.ts";
import * as tf from "../tf.ts";
import { SPAN } from "../wasm/shared-sizes.ts";

/** dx[i] = x[i] > 0 ? dy[i] : 0, float32; `Relu`'s gradient in one pass instead of three. */
export const reluGrad: OwnKernel = {
  kernelName: "ReluGrad",
  create:
    (context): KernelFunc =>
    (call) => {
      const { x, dy } = inputsOf<"x" | "dy">(call);
      const dx = context.output(x.shape);
      const size = util.sizeFromShape(x.shape);
      context.pool.run("reluGrad", {
        chunks: Math.ceil(size / SPAN),
        args: { x: context.pointer(x), dy: context.pointer(dy), dx: context.pointer(dx), size },
      });
      return dx;
    },
};

/**
 * Makes the gradient of `Relu` use `ReluGrad` on the wasm backend for float32, and tfjs's own otherwise.
 *
 * @returns a function that restores tfjs's own for good.
 */
export function registerReluGradient(): () => void {
  const stock = tf.getGradient("Relu");
  const own: GradConfig = {
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const [x] = saved as [Tensor];
      if (tf.getBackend() !== "wasm" || x.dtype !== "float32") return stock.gradFunc(dy, saved, attributes);
      return { x: () => tf.engine().runKernel("ReluGrad", { x, dy: dy as Tensor }) as Tensor };
    },
  };
  replaceGradient(own);
  return () => replaceGradient(stock);
}

/** Replaces a gradient without the warning that tfjs prints when one is registered twice. */
function replaceGradient(config: GradConfig): void {
  tf.unregisterGradient(config.kernelName);
  tf.registerGradient(config);
}
