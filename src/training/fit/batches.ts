import type { Random } from "../../lib/random.ts";
import type { AugmentationParams } from "../augment/augmentation-params.ts";
import type { Features } from "../caches/features.ts";
import { type Batch, makeBatch, type SoftTargets, targets } from "./batch.ts";
import type { Sampler } from "./sampler.ts";

/** What a training goes through. */
export interface Batches {
  /** Examples an epoch. */
  readonly size: number;
  /** The indices of one epoch, in random order: the same for the same epoch, another for another. */
  epoch(epoch: number): Uint32Array;
  /**
   * Inputs and targets; the tensors are the caller's to dispose of.
   * @param random decides the augmentation, where there is one.
   */
  batch(indices: Uint32Array, random: Random): Batch;
}

/** Images, each augmented anew whenever it is seen. */
export function imageBatches(sampler: Sampler, K: number, augmentation: AugmentationParams | null): Batches {
  return {
    size: sampler.size,
    epoch: (epoch) => sampler.epoch(epoch),
    batch: (indices, random) => makeBatch(sampler, indices, K, augmentation, random),
  };
}

/**
 * What frozen layers made of images.
 * @param features of the sampler's images, in its order.
 * @param soft     null takes labels throughout.
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
