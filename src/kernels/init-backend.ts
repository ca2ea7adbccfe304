import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import kernelsWasmPath from "../../build/kernels.wasm" with { type: "file" };
import { KernelContext } from "./kernel-context.ts";
import { replaceKernels } from "./replace-kernels.ts";
import * as tf from "./tf.ts";
import { loadTfjsModule } from "./tfjs-module.ts";
import { ThreadPool } from "./thread-pool/thread-pool.ts";

/** How to start the backend; see `initBackend`. */
export interface BackendOptions {
  /** Number of computing threads: the caller's and `threads - 1` workers. */
  threads: number;
  /** Location of `src/kernel-worker.ts`; see `initBackend`. */
  workerUrl: string | URL;
  /** Limit of the heap of all tensors, 16 MiB to 4 GiB in steps of 64 KiB; 2 GiB by default. */
  maxHeapBytes?: number;
}

/** A running backend: `tf` computes on our kernels until it is disposed of. */
export interface Backend {
  /** As in the options. */
  readonly threads: number;
  /** TensorFlow.js; see `tf.ts`. */
  readonly tf: typeof tf;
  /** Ends the workers and removes the backend with all its tensors. */
  dispose(): void;
}

/** Initial heap of tfjs's build: 16 MiB, in pages of 64 KiB. */
const INITIAL_PAGES = 256;
const PAGE_BYTES = 65_536;
/** 2 GiB of address space; memory is used only as the heap grows. */
const DEFAULT_HEAP_BYTES = 2 ** 31;

let current: { key: string; backend: Promise<Backend> } | null = null;

/**
 * Makes "wasm" tfjs's backend: its threaded SIMD build with our own kernels for training. Takes 20-40 ms.
 *
 * A loop that trains or predicts must let a macrotask pass after each step (`setTimeout` 0): with microtasks
 * alone, the runtime does not release memory, which then grows by more than a megabyte per step.
 *
 * @param options.workerUrl as resolved by the entry file, next to the worker:
 *   `new URL("./kernel-worker.ts", import.meta.url)`. This form works under `bun src/main.ts` and in an
 *   executable built with `bun build --compile src/main.ts src/kernel-worker.ts` alike. With `threads` 1 no worker
 *   is started.
 * @returns the same backend when called again with the same options.
 * @throws {RangeError} when `threads` is not a whole number from 1 to 64, or when a backend with other options
 *   is in use: `dispose` of it first.
 *   Later, an operation for which the heap has no room throws a RangeError, and leaves all tensors unchanged.
 * @throws {KernelPoolError} when a worker cannot be started. Later, every operation throws it once a worker has
 *   died or a kernel has trapped: restart the process.
 */
export function initBackend(options: BackendOptions): Promise<Backend> {
  const { threads, workerUrl, maxHeapBytes = DEFAULT_HEAP_BYTES } = options;
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new RangeError(
      `Cannot start the kernels on ${threads} threads: expected a whole number from 1 to 64`,
    );
  }
  const key = `${threads} threads, the worker ${workerUrl} and a heap of at most ${maxHeapBytes / 2 ** 20} MiB`;
  if (current !== null && current.key !== key) {
    throw new RangeError(
      `The kernels are already running with ${current.key}; expected the same, found ${key}. Dispose of that backend first`,
    );
  }
  if (current === null) {
    const backend = start({ threads, workerUrl, maxHeapBytes });
    current = { key, backend };
    // A failed start must not block the next one.
    backend.catch(() => {
      current = null;
    });
  }
  return current.backend;
}

async function compiledKernels(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await Bun.file(kernelsWasmPath).bytes());
}

async function start({ threads, workerUrl, maxHeapBytes }: Required<BackendOptions>): Promise<Backend> {
  const maximum = maxHeapBytes / PAGE_BYTES;
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum, shared: true });
  const [tfjs, module] = await Promise.all([loadTfjsModule(memory), compiledKernels()]);
  const pool = new ThreadPool({
    threads,
    workerUrl,
    memory,
    module,
    malloc: (bytes) => tfjs._malloc(bytes),
    free: (pointer) => tfjs._free(pointer),
  });
  await pool.ready().catch((error) => {
    pool.dispose();
    throw error;
  });
  // tfjs's package registers its own loader under this name, which does not work here.
  if (tf.findBackendFactory("wasm") !== null) tf.removeBackend("wasm");
  const backend = new BackendWasm(tfjs as never);
  const restore = replaceKernels(new KernelContext(backend, pool, tfjs));
  tf.registerBackend("wasm", () => backend, 3);
  await tf.setBackend("wasm");
  return {
    threads,
    tf,
    dispose() {
      pool.dispose();
      tf.removeBackend("wasm");
      restore();
      current = null;
    },
  };
}
