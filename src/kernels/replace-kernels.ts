import { conv2D } from "./convolution/Conv2D.ts";
import { conv2DBackpropFilter } from "./convolution/Conv2DBackpropFilter.ts";
import { conv2DBackpropInput } from "./convolution/Conv2DBackpropInput.ts";
import { convReluMaxPool } from "./convolution/ConvReluMaxPool.ts";
import { registerConvBiasReluGradient } from "./convolution/conv-bias-relu.ts";
import { registerConvBiasReluMaxPoolGradient } from "./convolution/conv-bias-relu-max-pool.ts";
import { fusedConv2D } from "./convolution/FusedConv2D.ts";
import { oneChannelConvGrad } from "./convolution/OneChannelConvGrad.ts";
import { pooledConvBackpropFilter } from "./convolution/PooledConvBackpropFilter.ts";
import { pooledConvBackpropInput } from "./convolution/PooledConvBackpropInput.ts";
import { batchMatMul } from "./dense/BatchMatMul.ts";
import { denseBackpropInput } from "./dense/DenseBackpropInput.ts";
import { denseBackpropKernel } from "./dense/DenseBackpropKernel.ts";
import { denseReluKernel, registerDenseReluGradient } from "./dense/DenseRelu.ts";
import { fusedMatMul } from "./dense/FusedMatMul.ts";
import type { KernelContext } from "./kernel-context.ts";
import { identity } from "./ops/Identity.ts";
import { maxPoolGrad } from "./ops/MaxPoolGrad.ts";
import { registerReluGradient, reluGrad } from "./ops/ReluGrad.ts";
import { reluGradSum } from "./ops/ReluGradSum.ts";
import { rmsPropStepKernel } from "./ops/RmsPropStep.ts";
import { registerDropoutGradient, seededDropout } from "./ops/SeededDropout.ts";
import { sum } from "./ops/Sum.ts";
import type { OwnKernel } from "./own-kernel.ts";
import * as tf from "./tf.ts";

const OWN_KERNELS: readonly OwnKernel[] = [
  conv2D,
  fusedConv2D,
  conv2DBackpropInput,
  conv2DBackpropFilter,
  batchMatMul,
  fusedMatMul,
  maxPoolGrad,
  reluGrad,
  sum,
  identity,
  reluGradSum,
  seededDropout,
  rmsPropStepKernel,
  convReluMaxPool,
  pooledConvBackpropInput,
  pooledConvBackpropFilter,
  denseReluKernel,
  denseBackpropInput,
  denseBackpropKernel,
  oneChannelConvGrad,
];

/**
 * Replaces tfjs's kernels of the wasm backend by ours, and registers the gradients that use them.
 *
 * @returns a function that restores tfjs's own.
 */
export function replaceKernels(context: KernelContext): () => void {
  const replaced = OWN_KERNELS.map(({ kernelName, create }) => {
    const stock = tf.getKernel(kernelName, "wasm");
    if (stock) tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...stock,
      kernelName,
      backendName: "wasm",
      kernelFunc: create(context, stock?.kernelFunc ?? null),
    });
    return { kernelName, stock };
  });
  const restoreGradients = [
    registerReluGradient(),
    registerConvBiasReluGradient(),
    registerConvBiasReluMaxPoolGradient(),
    registerDenseReluGradient(),
    registerDropoutGradient(),
  ];
  return () => {
    for (const restoreGradient of restoreGradients) restoreGradient();
    for (const { kernelName, stock } of replaced) {
      tf.unregisterKernel(kernelName, "wasm");
      if (stock) tf.registerKernel(stock);
    }
  };
}
