import type { OwnKernel } from "../own-kernel.ts";
import { inputsOf } from "../own-kernel.ts";

/**
 * The same values under a new tensor. tfjs's wasm kernel copies them; tensors never change, so one more
 * reference to the same piece of the heap does as well, as in tfjs's cpu backend.
 */
export const identity: OwnKernel = {
  kernelName: "Identity",
  create: (context) => (call) => {
    const { x } = inputsOf<"x">(call);
    context.backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  },
};
