// Operations that tfjs does not have, for the wasm backend with our kernels; see README.md.
export { type ConvAttributes, convBiasRelu } from "./convBiasRelu.ts";
export { convBiasReluMaxPool } from "./convBiasReluMaxPool.ts";
export { denseRelu } from "./DenseRelu.ts";
export { type RmsPropAttributes, rmsPropStep } from "./RmsPropStep.ts";
export { dropout } from "./SeededDropout.ts";
