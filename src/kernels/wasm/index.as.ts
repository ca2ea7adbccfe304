export { conv, convFilterGradient, packFlipped } from "./conv.as";
export { gemm, packB } from "./gemm.as";
export { maxPoolGrad, maxPoolGradAny } from "./pool.as";
export { sumRows, sumSlots } from "./reduce.as";
export { reluGrad } from "./relu.as";
export { winogradConv, winogradFilter, winogradFilterGradient } from "./winograd.as";
