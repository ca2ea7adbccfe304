import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelContext } from "./kernel-context.ts";

/**
 * One of our kernels for the wasm backend.
 *
 * `create` receives tfjs's own kernel of that name, or null where it has none, and passes it every call that ours does
 * not cover.
 */
export interface OwnKernel {
  /** As tfjs registers and runs it. */
  kernelName: string;
  create(context: KernelContext, stock: KernelFunc | null): KernelFunc;
}

type Call = Parameters<KernelFunc>[0];

/** Returns a call's input tensors by name; optional ones may nevertheless be null. */
export function inputsOf<Name extends string>(call: Call): Record<Name, TensorInfo> {
  return call.inputs as Record<Name, TensorInfo>;
}

/** Returns a call's attributes, as tfjs types them for this kernel. */
export function attributesOf<Attributes>(call: Call): Attributes {
  return call.attrs as unknown as Attributes;
}

/**
 * Passes a call on to tfjs's kernel.
 *
 * @param what for the message: the kernel and its inputs.
 * @throws {RangeError} when tfjs has none.
 */
export function fallBack(stock: KernelFunc | null, call: Call, what: string): ReturnType<KernelFunc> {
  if (stock === null) throw new RangeError(`The wasm backend cannot compute ${what}`);
  return stock(call);
}
