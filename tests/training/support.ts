import type { FeatureStore } from "../../src/training/feature-store.ts";
import type { FineTuneParams, TrainControl, TrainParams } from "../../src/training/types.ts";
import { CLASSES } from "./synthetic.ts";

export const trainParams: TrainParams = {
  architecture: "keras_mnist_cnn",
  classes: CLASSES,
  epochs: 3,
  batch_size: 32,
  learning_rate: 0.002,
  patience: 0,
  seed: 42,
  augmentation: { rotate_deg: 5, shift_px: 0.5, scale: 0.05, shear: 0.05 },
};

export const tuneParams: FineTuneParams = {
  classes: CLASSES,
  tuning_layer: ["dense", "predictions"],
  tuning_epochs: 3,
  tuning_batch_size: 16,
  tuning_replay_ratio: 2,
  tuning_views: 1,
  tuning_patience: 0,
  learning_rate: 0.0005,
  seed: 7,
  augmentation: trainParams.augmentation,
};

export const quiet: TrainControl = { signal: new AbortController().signal, onProgress: () => {} };

/** Keeps rows in memory, and counts those that it was given. */
export function memoryStore(): FeatureStore & { written: number } {
  const kept = new Map<string, Uint8Array>();
  return {
    written: 0,
    async read(space, keys) {
      return keys.map((key) => kept.get(space + key) ?? null);
    },
    async write(space, rows) {
      this.written += rows.size;
      for (const [key, row] of rows) kept.set(space + key, row);
    },
  };
}
