import type { Random } from "./lib/random.ts";
import type { AugmentMessage } from "./training/augment/augment-thread.ts";
import { augmentAll, type EpochAugmentation, randomOf } from "./training/augment/augmenter.ts";

/**
 * The thread that augments the images of a training run's next batch. It is next to `main.ts`, because the compiled
 * executable looks for workers there.
 */
declare const self: {
  onmessage: ((event: { data: AugmentMessage }) => void) | null;
  postMessage(augmented: Float32Array, transfer: ArrayBuffer[]): void;
};

let epoch: { augmentation: EpochAugmentation; random: Random } | null = null;

self.onmessage = ({ data }) => {
  if ("epoch" in data) {
    epoch = { augmentation: data.epoch, random: randomOf(data.epoch) };
    return;
  }
  if (epoch === null) throw new TypeError("Images were sent before the first epoch");
  const augmented = augmentAll(data.images, epoch.augmentation, epoch.random);
  self.postMessage(augmented, [augmented.buffer]);
};
