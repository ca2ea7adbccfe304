import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { PackedFilters } from "./convolution/packed-filters.ts";
import type { TfjsModule } from "./tfjs-module.ts";
import type { ThreadPool } from "./thread-pool/thread-pool.ts";

/** The surroundings of a kernel: tfjs's tensors as pointers into the shared heap, and the pool that works on it. */
export class KernelContext {
  readonly backend: BackendWasm;
  readonly pool: ThreadPool;
  readonly module: TfjsModule;
  readonly packedFilters: PackedFilters;

  constructor(backend: BackendWasm, pool: ThreadPool, module: TfjsModule) {
    this.backend = backend;
    this.pool = pool;
    this.module = module;
    this.packedFilters = new PackedFilters(module);
  }

  /** Returns the pointer to a tensor's values on the heap. */
  pointer(tensor: TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /**
   * Returns a new tensor with uninitialised values: the kernel must write all of them.
   * @throws {RangeError} when the heap has no room for it.
   */
  output(shape: readonly number[], dtype: DataType = "float32"): TensorInfo {
    return this.backend.makeOutput([...shape], dtype);
  }

  /** Fills a range of the heap with zeros. */
  clear(pointer: number, bytes: number): void {
    this.module.HEAPU8.fill(0, pointer, pointer + bytes);
  }

  /**
   * Runs `use` with a temporary block of the heap, not zeroed.
   * @throws {RangeError} when the heap has no room for it.
   */
  withTemporary<T>(bytes: number, use: (pointer: number) => T): T {
    const pointer = this.module._malloc(bytes) >>> 0;
    if (pointer === 0)
      throw new RangeError(`Cannot allocate ${bytes} bytes: the WASM heap is full. Use smaller batches`);
    try {
      return use(pointer);
    } finally {
      this.module._free(pointer);
    }
  }
}
