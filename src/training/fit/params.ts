import type { AugmentationParams } from "../augment/augmentation-params.ts";

export interface TrainParams {
  /** A name of `architectures.ts`; "keras_mnist_cnn" is the seed model. */
  architecture: string;
  classes: readonly string[];
  epochs: number;
  batch_size: number;
  learning_rate: number;
  /** Epochs without a better one on the validation set after which training stops; 0 never stops early. */
  patience: number;
  seed: number;
  augmentation: AugmentationParams | null;
}

export interface FineTuneParams {
  classes: readonly string[];
  /** Layers that are trained (index, name, or a list of them; a negative index counts from the end); all others are frozen. */
  tuning_layer: number | string | readonly (number | string)[];
  tuning_epochs: number;
  tuning_batch_size: number;
  /** MNIST samples mixed in for each app sample, so that the old digits are not forgotten. */
  tuning_replay_ratio: number;
  /**
   * What the model is to say of the replayed images: their labels, or what it said before it was tuned, where that
   * was right, and where there is no right answer: so it keeps its answers and its doubts. Source: Z. Li and D. Hoiem, Learning without Forgetting, 2016.
   */
  tuning_replay_targets: "labels" | "model";
  /** How many views of each app sample epochs take in turn: the sample itself, then augmented ones that the seed decides. */
  tuning_views: number;
  /** As `patience` of training. */
  tuning_patience: number;
  learning_rate: number;
  seed: number;
  augmentation: AugmentationParams | null;
}
