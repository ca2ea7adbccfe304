import { createRandom, type Random } from "../../lib/random.ts";
import { augmentInto } from "./augment.ts";
import type { AugmentationParams } from "./augmentation-params.ts";

/** How the images of one epoch are augmented: plain data, so that another thread draws the same random numbers. */
export interface EpochAugmentation {
  /** The stream of random numbers: a seed, and the forks that lead to it. */
  random: { seed: number; forks: readonly string[] };
  rows: number;
  cols: number;
  /** Null copies the images. */
  params: AugmentationParams | null;
}

/**
 * Augments the next batch of an epoch.
 * @param images uint8 [N * rows * cols], ink 255 on 0; the caller must not use it afterwards.
 * @returns float32 [N * rows * cols], ink 0..1.
 */
export type AugmentBatch = (images: Uint8Array<ArrayBuffer>) => Promise<Float32Array>;

/** Augments the batches of training runs. The same calls give the same images, whatever thread computes them. */
export interface Augmenter {
  /** Begins an epoch, whose batches are augmented in the order of the calls. */
  epoch(augmentation: EpochAugmentation): AugmentBatch;
}

/** Augments on this thread, when a batch is requested. */
export const augmentHere: Augmenter = {
  epoch(augmentation) {
    const random = randomOf(augmentation);
    return async (images) => augmentAll(images, augmentation, random);
  },
};

/** The random numbers of an epoch, from their beginning. */
export function randomOf({ random: { seed, forks } }: EpochAugmentation): Random {
  return forks.reduce((random, label) => random.fork(label), createRandom(seed));
}

/** Augments the images of one batch, in sequence; see `AugmentBatch`. */
export function augmentAll(
  images: Uint8Array,
  { rows, cols, params }: EpochAugmentation,
  random: Random,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(images.length);
  for (let at = 0; at < images.length; at += rows * cols) {
    augmentInto(images.subarray(at, at + rows * cols), rows, cols, params, random, out, at);
  }
  return out;
}
