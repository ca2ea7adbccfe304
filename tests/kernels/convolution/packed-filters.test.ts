import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { PackedFilters } from "../../../src/kernels/convolution/packed-filters.ts";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import { convBiasRelu } from "../../../src/kernels/own-operations.ts";
import * as tf from "../../../src/kernels/tf.ts";

function heap() {
  const live = new Set<number>();
  let next = 0;
  return {
    live,
    _malloc(_bytes: number) {
      next += 1;
      live.add(next);
      return next;
    },
    _free: (pointer: number) => void live.delete(pointer),
  };
}

const filter = (shape = [3, 3, 16, 16]): TensorInfo => ({ dataId: {}, shape, dtype: "float32" });

describe("PackedFilters.with()", () => {
  /** Uses a filter. @returns whether it was packed. */
  function packs(filters: PackedFilters, one: TensorInfo, bytes = 10): boolean {
    let packed: number | null = null;
    let used: number | null = null;
    filters.with(
      one,
      bytes,
      (pointer) => {
        packed = pointer;
      },
      (pointer) => {
        used = pointer;
      },
    );
    expect(used).not.toBeNull();
    if (packed !== null) expect(used!).toBe(packed);
    return packed !== null;
  }

  test("packs a filter for its first two uses and not again, and keeps nothing of one that is used once", () => {
    const module = heap();
    const filters = new PackedFilters(module, 100);
    const [once, often] = [filter(), filter()];
    expect(packs(filters, once)).toBe(true);
    expect(module.live.size).toBe(0);
    expect([1, 2, 3, 4].map(() => packs(filters, often))).toEqual([true, true, false, false]);
    expect(module.live.size).toBe(1);
  });

  test("drops the filter that was not used for the longest time when there is no room, and keeps none that is larger", () => {
    const module = heap();
    const filters = new PackedFilters(module, 20);
    const [a, b, c] = [filter(), filter(), filter()];
    for (const one of [a, a, b, b, a, c, c]) packs(filters, one);
    expect(module.live.size).toBe(2);
    expect([a, c, b].map((one) => packs(filters, one))).toEqual([false, false, true]);
    const large = filter();
    expect([1, 2, 3].map(() => packs(filters, large, 21))).toEqual([true, true, true]);
    expect(module.live.size).toBe(2);
  });

  test("packs a tensor of another shape that shares the values of a kept one", () => {
    const filters = new PackedFilters(heap(), 100);
    const one = filter();
    for (let n = 0; n < 3; n++) packs(filters, one);
    expect(packs(filters, { ...one, shape: [3, 3, 8, 32] })).toBe(true);
    expect(packs(filters, one)).toBe(false);
  });

  test("frees the memory of a filter that cannot be packed, and throws why", () => {
    const module = heap();
    const filters = new PackedFilters(module, 100);
    const one = filter();
    const fail = () => {
      throw new Error("the pool is broken");
    };
    for (let n = 0; n < 2; n++) expect(() => filters.with(one, 10, fail, () => {})).toThrow("broken");
    expect(module.live.size).toBe(0);
  });
});

describe("a convolution with a kept filter", () => {
  let backend: Backend;
  beforeAll(async () => {
    const workerUrl = new URL("../../../src/kernel-worker.ts", import.meta.url);
    backend = await initBackend({ threads: 2, workerUrl });
  });
  afterAll(() => backend.dispose());

  test("gives the bytes of its first call again, also after a filter of the same shape was disposed of", () => {
    const x = tf.randomUniform([2, 12, 12, 16], -1, 1, "float32", 1) as tf.Tensor4D;
    const bias = tf.zeros([20]);
    const filterOf = (seed: number) =>
      tf.randomUniform([3, 3, 16, 20], -1, 1, "float32", seed) as tf.Tensor4D;
    const outputs = (f: tf.Tensor4D) =>
      [1, 2, 3].map(() =>
        tf.tidy(() => Array.from(convBiasRelu(x, f, bias, { strides: [1, 1], pad: "same" }).dataSync())),
      );
    const first = filterOf(1);
    const ofFirst = outputs(first);
    first.dispose();
    const ofSecond = outputs(filterOf(2));
    const ofThird = outputs(filterOf(1));
    expect(ofFirst[1]).toEqual(ofFirst[0]!);
    expect(ofFirst[2]).toEqual(ofFirst[0]!);
    expect(ofSecond).not.toEqual(ofFirst);
    expect(ofSecond[2]).toEqual(ofSecond[0]!);
    expect(ofThird).toEqual(ofFirst);
  });
});
