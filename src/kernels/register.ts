import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { registerComposedFilterGradient } from "./composedConv2DBackpropFilter.ts";
import * as tf from "./tf.ts";
import { loadTfjsModule } from "./tfjs-module.ts";

export interface BackendOptions {
  /** How many threads compute: the caller's and `threads - 1` workers. */
  threads: number;
  /** Where `src/kernel-worker.ts` is; see `initBackend`. */
  workerUrl: string | URL;
}

export interface Backend {
  readonly threads: number;
  readonly tf: typeof tf;
  /** Ends the workers and removes the backend with all its tensors. */
  dispose(): void;
}

/** 2 GiB of address space; memory is taken only as the heap grows. */
const MAX_PAGES = 32768;

let current: { key: string; backend: Promise<Backend> } | null = null;

/**
 * Makes "wasm" tfjs's backend: its threaded SIMD build with our own kernels for training.
 *
 * @param options.workerUrl as resolved by the entry file, next to which the worker lies:
 *   `new URL("./kernel-worker.ts", import.meta.url)`. This form works under `bun src/main.ts` and in an
 *   executable made by `bun build --compile src/main.ts src/kernel-worker.ts` alike. With `threads` 1 no worker
 *   is started.
 * @returns the same backend when called again with the same options.
 * @throws {RangeError} when `threads` is not a whole number from 1 to 64, or when a backend with other options
 *   is in use: `dispose` it first.
 */
export function initBackend(options: BackendOptions): Promise<Backend> {
  const { threads, workerUrl } = options;
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new RangeError(
      `Cannot start the kernels on ${threads} threads: expected a whole number from 1 to 64`,
    );
  }
  const key = `${threads} ${workerUrl}`;
  if (current !== null && current.key !== key) {
    throw new RangeError(
      `The kernels already run with "${current.key}" (threads, worker); asked for "${key}". Dispose of that backend first`,
    );
  }
  current ??= { key, backend: start(options) };
  return current.backend;
}

async function start({ threads }: BackendOptions): Promise<Backend> {
  const memory = new WebAssembly.Memory({ initial: 256, maximum: MAX_PAGES, shared: true });
  const module = await loadTfjsModule(memory);
  tf.removeBackend("wasm");
  registerComposedFilterGradient();
  tf.registerBackend("wasm", () => new BackendWasm(module as never), 3);
  await tf.setBackend("wasm");
  return {
    threads,
    tf,
    dispose() {
      tf.removeBackend("wasm");
      current = null;
    },
  };
}
