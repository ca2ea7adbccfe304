import "@tensorflow/tfjs-backend-cpu";
import { afterAll, beforeAll } from "bun:test";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";

export const WORKER_URL = new URL("../../../src/kernel-worker.ts", import.meta.url);

/** Starts the kernels on `threads` threads for the tests of the calling file. */
export function useKernels(threads = 2): void {
  let backend: Backend;
  beforeAll(async () => {
    backend = await initBackend({ threads, workerUrl: WORKER_URL });
  });
  afterAll(() => backend.dispose());
}

/** Returns the values that `compute` returns; all of its tensors are disposed of. */
export function valuesOf(compute: () => tf.Tensor): Float32Array {
  return tf.tidy(() => compute().dataSync() as Float32Array);
}

/** The same on tfjs's cpu backend. */
export async function valuesOnCpu(compute: () => tf.Tensor): Promise<Float32Array> {
  await tf.setBackend("cpu");
  try {
    return valuesOf(compute);
  } finally {
    await tf.setBackend("wasm");
  }
}
