import wasmFactory from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js";
import tfjsWasmPath from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm" with {
  type: "file",
};

/** The part of the Emscripten module behind `BackendWasm` that we use. */
export interface TfjsModule {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  cwrap(name: string, result: string | null, args: string[]): (...args: unknown[]) => number;
  /** The namespace that `BackendWasm` expects, which avoids clashes with Emscripten's own names. */
  tfjs: Record<string, (...args: unknown[]) => number>;
}

type Factory = (config: Record<string, unknown>) => Promise<TfjsModule>;

/** The glue creates eight of these at once; with tfjs's own thread count at 1, it never gives any of them work. */
class NeverStartedWorker {
  postMessage(message: { cmd: string }): void {
    if (message.cmd !== "load") throw new Error(`tfjs requested a thread of its own ("${message.cmd}")`);
    // The glue may delay start-up until each worker reports that it has loaded.
    queueMicrotask(() => this.onmessage?.({ data: { cmd: "loaded" } }));
  }
  onmessage: ((event: { data: { cmd: string } }) => void) | null = null;
  on(): void {}
  ref(): void {}
  unref(): void {}
  terminate(): void {}
}

/**
 * Loads tfjs's threaded SIMD build on `memory`, ready for `new BackendWasm(module)`.
 *
 * Only that build has a shared memory, which our own pool needs to work on tfjs's tensors; tfjs itself stays
 * on one thread and starts no worker. The glue replaces `globalThis.Worker` and adds process-wide handlers for
 * uncaught errors; both are restored.
 *
 * @param memory shared, at least 256 pages; afterwards it holds the whole heap of tfjs.
 */
export async function loadTfjsModule(memory: WebAssembly.Memory): Promise<TfjsModule> {
  const wasmBinary = await Bun.file(tfjsWasmPath).arrayBuffer();
  // On other threads: this one would only wait for them.
  const compiled = await WebAssembly.compile(wasmBinary);
  const globals = globalThis as { Worker: unknown };
  const realWorker = globals.Worker;
  const handlers = (["uncaughtException", "unhandledRejection"] as const).map((event) => ({
    event,
    before: process.listeners(event as "uncaughtException"),
  }));
  const loading = (wasmFactory as unknown as Factory)({
    wasmBinary,
    wasmMemory: memory,
    locateFile: (path: string, prefix: string) => {
      // Called once for each worker, just before the glue constructs it.
      if (path.endsWith(".worker.js")) globals.Worker = NeverStartedWorker;
      return prefix + path;
    },
    instantiateWasm: (
      imports: { env: Record<string, unknown> },
      receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) => {
      // tfjs divides this by two and caps it: 2 keeps its own pool at one thread on every machine.
      imports.env.emscripten_num_logical_cores = () => 2;
      const instance = new WebAssembly.Instance(compiled, imports as unknown as WebAssembly.Imports);
      receive(instance, compiled);
      return instance.exports;
    },
  });
  globals.Worker = realWorker;
  const module = await loading;
  for (const { event, before } of handlers) {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before.includes(listener)) process.removeListener(event, listener);
    }
  }
  const number = "number";
  module.tfjs = {
    init: module.cwrap("init", null, []),
    initWithThreadsCount: module.cwrap("init_with_threads_count", null, [number]),
    getThreadsCount: module.cwrap("get_threads_count", number, []),
    registerTensor: module.cwrap("register_tensor", null, [number, number, number]),
    disposeData: module.cwrap("dispose_data", null, [number]),
    dispose: module.cwrap("dispose", null, []),
  };
  refuseFullHeap(module);
  return module;
}

/** A full heap returns 0, and tfjs would write there, overwriting the start of the heap. */
function refuseFullHeap(module: TfjsModule): void {
  // The glue replaces its stub by the real function when the stub is first called.
  module._free(module._malloc(16));
  const malloc = module._malloc;
  module._malloc = (bytes) => {
    const pointer = malloc(bytes);
    if (pointer !== 0 || bytes === 0) return pointer;
    const heap = `${Math.round(module.HEAPU8.length / 2 ** 20)} MiB`;
    throw new RangeError(
      `Cannot allocate ${bytes} bytes for a tensor: the WASM heap is full at ${heap}. Use smaller batches (batch_size, tuning_batch_size)`,
    );
  };
}
