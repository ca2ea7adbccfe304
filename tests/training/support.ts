import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import type { TrainProgress } from "../../src/domain/runs/training-progress.ts";
import { createRandom } from "../../src/lib/random.ts";
import type { FeatureStore } from "../../src/training/caches/feature-store.ts";
import type { FineTuneParams, TrainParams } from "../../src/training/fit/params.ts";
import type { TrainControl, TrainResult } from "../../src/training/fit/train-control.ts";
import { architecture } from "../../src/training/model/architectures.ts";
import { toArtifacts } from "../../src/training/model/artifacts.ts";
import { createModel } from "../../src/training/model/layers-model.ts";
import type { Training } from "../../src/training/training.ts";
import { CLASSES, SIDE, syntheticDigits } from "./synthetic.ts";

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
  tuning_min_steps: 0,
  tuning_batch_size: 16,
  tuning_replay_ratio: 2,
  tuning_keep: 0,
  tuning_replay_targets: "labels",
  tuning_views: 1,
  tuning_patience: 0,
  learning_rate: 0.0005,
  seed: 7,
  augmentation: trainParams.augmentation,
};

export const quiet: TrainControl = { signal: new AbortController().signal, onProgress: () => {} };

/** Keeps rows in memory, and counts the rows written. */
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

/** An untrained model: its weights are drawn by a seed. */
function untrainedModel(seed = 1): ModelArtifacts {
  const model = createModel(architecture("keras_mnist_cnn", SIDE, SIDE, CLASSES.length), createRandom(seed));
  const metadata = { classes: CLASSES, rows: SIDE, cols: SIDE, preprocessing: 1, seed, threads: 1 };
  const artifacts = toArtifacts(model, { ...metadata, architecture: "keras_mnist_cnn" });
  model.dispose();
  return artifacts;
}

/** A training of four epochs with more than ten steps each, the same in every process. */
export function resumable(
  training: Training,
  what: "train" | "tune",
  onProgress: (progress: TrainProgress) => void,
): Promise<TrainResult> {
  const [set, validation] = [syntheticDigits(176, 1), syntheticDigits(40, 2)];
  const control = { ...quiet, onProgress };
  if (what === "train") {
    return training.train(set, validation, { ...trainParams, epochs: 4, batch_size: 16 }, control);
  }
  // 22 steps an epoch: four epochs.
  const steps = { tuning_epochs: 3, tuning_min_steps: 80 };
  const params = { ...tuneParams, ...steps, tuning_keep: 0.3, tuning_views: 3 };
  return training.fineTune(untrainedModel(), set, set, validation, params, control);
}
