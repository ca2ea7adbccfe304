export { conv, convFilterGradient, packFlipped } from "./conv.as";
export { gemm, packB } from "./gemm.as";
export { sumSlots } from "./reduce.as";
