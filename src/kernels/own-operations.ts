// Operations that tfjs does not have, for the wasm backend with our kernels; see README.md.
export { type ConvAttributes, convBiasRelu } from "./convolution/conv-bias-relu.ts";
export { convBiasReluMaxPool } from "./convolution/conv-bias-relu-max-pool.ts";
export { denseRelu } from "./dense/DenseRelu.ts";
export { type RmsPropAttributes, rmsPropStep } from "./ops/RmsPropStep.ts";
export { dropout } from "./ops/SeededDropout.ts";
