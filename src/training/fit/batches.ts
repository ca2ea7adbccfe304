import type { Random } from "../../lib/random.ts";
import type { AugmentationParams } from "../augment/augmentation-params.ts";
import type { Features } from "../caches/features.ts";
import { type Batch, makeBatch, type SoftTargets, targets } from "./batch.ts";
import type { Sampler } from "./sampler.ts";

/** The examples of a training run, by epoch and batch. */
export interface Batches {
  /** Examples per epoch. */
  readonly size: number;
  /** The indices of one epoch, in a random order that depends on the epoch. */
  epoch(epoch: number): Uint32Array;
  /**
   * Inputs and targets; the caller disposes of the tensors.
   * @param random decides the augmentation, if there is any.
   */
  batch(indices: Uint32Array, random: Random): Batch;
}

/** Batches of images, each augmented again whenever it is seen. */
export function imageBatches(sampler: Sampler, K: number, augmentation: AugmentationParams | null): Batches {
  return {
    size: sampler.size,
    epoch: (epoch) => sampler.epoch(epoch),
    batch: (indices, random) => makeBatch(sampler, indices, K, augmentation, random),
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
    batch(indices) {
      return { x: features.tensor(indices), y: targets(sampler, indices, K, soft) };
    },
  };
}
