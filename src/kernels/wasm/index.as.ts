export { conv, convFilterGradient, packFlipped } from "./conv.as";
export { seededDropout } from "./dropout.as";
export { gemm, packB } from "./gemm.as";
export { maxPoolGrad, maxPoolGradAny } from "./pool.as";
export { pooledConvFilterGradient, pooledConvInputGradient, tapColumns, tapRows } from "./pooled-conv.as";
export { sumRows, sumSlots } from "./reduce.as";
export { reluGrad, reluGradSum } from "./relu.as";
export { rmsPropStep } from "./rmsprop.as";
export { winogradConv, winogradFilter, winogradFilterGradient } from "./winograd.as";
