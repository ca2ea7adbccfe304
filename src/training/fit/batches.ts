import * as tf from "../../kernels/tf.ts";
import type { AugmentationParams } from "../augment/augmentation-params.ts";
import type { Augmenter, EpochAugmentation } from "../augment/augmenter.ts";
import type { Features } from "../caches/features.ts";
import { type Batch, imagesAt, type SoftTargets, targets } from "./batch.ts";
import type { Sampler } from "./sampler.ts";

/** A step's batch, ready to be made into tensors, of which the caller disposes. */
type ReadyBatch = () => Batch;

/** The examples of a training run, by epoch and batch. */
export interface Batches {
  /** Examples per epoch. */
  readonly size: number;
  /** The indices of one epoch, in a random order that depends on the epoch. */
  epoch(epoch: number): Uint32Array;
  /**
   * The batches of one epoch, in the order of its indices; the last one may be smaller.
   * @param order   as `epoch` returned it.
   * @param random  decides the augmentation, if there is any.
   */
  steps(
    order: Uint32Array,
    batchSize: number,
    random: EpochAugmentation["random"],
  ): AsyncIterableIterator<ReadyBatch>;
}

/** Batches that are augmented before they are needed. One is enough, unless the other thread is late for a moment. */
const AHEAD = 3;

/** Batches of images, each augmented again whenever it is seen. */
export function imageBatches(
  sampler: Sampler,
  K: number,
  params: AugmentationParams | null,
  augmenter: Augmenter,
): Batches {
  const { rows, cols } = sampler;
  return {
    size: sampler.size,
    epoch: (epoch) => sampler.epoch(epoch),
    async *steps(order, batchSize, random) {
      const augment = augmenter.epoch({ random, rows, cols, params });
      const indices = slices(order, batchSize);
      const requested: Promise<Float32Array>[] = [];
      for (const [step, now] of indices.entries()) {
        for (let next = step + requested.length; next < indices.length && requested.length < AHEAD; next++) {
          requested.push(augment(imagesAt(sampler, indices[next]!)));
        }
        const images = await requested.shift()!;
        yield () => ({
          x: tf.tensor4d(images, [now.length, rows, cols, 1]),
          y: targets(sampler, now, K, null),
        });
      }
    },
  };
}

/**
 * Batches of the frozen layers' outputs.
 * @param features of the sampler's images, in its order.
 * @param soft     null uses labels throughout.
 */
export function featureBatches(
  sampler: Sampler,
  features: Features,
  K: number,
  soft: SoftTargets | null,
): Batches {
  return {
    size: sampler.size,
    epoch: (epoch) => sampler.epoch(epoch),
    async *steps(order, batchSize) {
      for (const indices of slices(order, batchSize)) {
        yield () => ({ x: features.tensor(indices), y: targets(sampler, indices, K, soft) });
      }
    },
  };
}

function slices(order: Uint32Array, batchSize: number): Uint32Array[] {
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, i) =>
    order.subarray(i * batchSize, (i + 1) * batchSize),
  );
}
