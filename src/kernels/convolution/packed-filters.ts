import type { DataId, TensorInfo } from "@tensorflow/tfjs-core";
import type { TfjsModule } from "../tfjs-module.ts";

/** Bytes of all packed filters that are kept: those of some twenty small networks. */
const MAX_BYTES = 16 << 20;

interface Kept {
  pointer: number;
  bytes: number;
  /** Input and output channels: tensors of different shapes may share values. */
  shape: string;
}

/**
 * Packed filters on the heap, by the tensors that they were packed from. A model that predicts packs each of its filters
 * once and not for each batch, which is a quarter of the time of one image.
 *
 * A tensor's values never change: a weight that changes is a new tensor, as XNNPACK requires too. A filter is kept from
 * its second use on, so training, in which each filter is used once, keeps none.
 */
export class PackedFilters {
  readonly #heap: Pick<TfjsModule, "_malloc" | "_free">;
  readonly #maxBytes: number;
  readonly #seen = new WeakSet<DataId>();
  /** Least recently used first. */
  readonly #kept = new Map<DataId, Kept>();
  #bytes = 0;

  /** @param maxBytes of all packed filters; those that have not been used for the longest time are dropped. */
  constructor(heap: Pick<TfjsModule, "_malloc" | "_free">, maxBytes = MAX_BYTES) {
    this.#heap = heap;
    this.#maxBytes = maxBytes;
  }

  /**
   * Runs `use` with a filter's packed form.
   *
   * @param filter [3, 3, C, K].
   * @param bytes of its packed form.
   * @param pack  writes the packed form; not called when it is kept.
   * @throws {RangeError} when the heap has no room for it.
   */
  with(
    filter: TensorInfo,
    bytes: number,
    pack: (pointer: number) => void,
    use: (pointer: number) => void,
  ): void {
    const { dataId } = filter;
    const shape = String(filter.shape);
    const kept = this.#kept.get(dataId);
    if (kept?.shape === shape) {
      this.#kept.delete(dataId);
      this.#kept.set(dataId, kept);
      use(kept.pointer);
      return;
    }
    if (kept === undefined && this.#seen.has(dataId) && bytes <= this.#maxBytes) {
      use(this.#keep(dataId, { bytes, shape }, pack));
      return;
    }
    this.#seen.add(dataId);
    const pointer = this.#heap._malloc(bytes) >>> 0;
    try {
      pack(pointer);
      use(pointer);
    } finally {
      this.#heap._free(pointer);
    }
  }

  #keep(dataId: DataId, { bytes, shape }: Omit<Kept, "pointer">, pack: (pointer: number) => void): number {
    for (const [id, old] of this.#kept) {
      if (this.#bytes + bytes <= this.#maxBytes) break;
      this.#kept.delete(id);
      this.#bytes -= old.bytes;
      this.#heap._free(old.pointer);
    }
    const pointer = this.#heap._malloc(bytes) >>> 0;
    try {
      pack(pointer);
    } catch (error) {
      this.#heap._free(pointer);
      throw error;
    }
    this.#kept.set(dataId, { pointer, bytes, shape });
    this.#bytes += bytes;
    return pointer;
  }
}
