import type { AugmentationParams } from "../augment/augmentation-params.ts";

/** Parameters of a training from scratch. */
export interface TrainParams {
  /** A name of `architectures.ts`; "keras_mnist_cnn" is the seed model. */
  architecture: string;
  classes: readonly string[];
  epochs: number;
  batch_size: number;
  learning_rate: number;
  /** Epochs without improvement on the validation set after which training stops; 0 never stops early. */
  patience: number;
  seed: number;
  augmentation: AugmentationParams | null;
}

/** Parameters of a fine-tuning; those named `tuning_…` are so named in parameters.yml. */
export interface FineTuneParams {
  classes: readonly string[];
  /** Layers to train: an index, a name, or a list of them; a negative index counts from the end. Others are frozen. */
  tuning_layer: number | string | readonly (number | string)[];
  tuning_epochs: number;
  /** Least number of steps: few samples are trained on for more epochs than `tuning_epochs`. 0 for no least number. */
  tuning_min_steps: number;
  tuning_batch_size: number;
  /** Older images mixed in for each app sample, so that the model does not forget them. */
  tuning_replay_ratio: number;
  /**
   * Targets of the replayed images: their labels, or the base model's probabilities, where it was correct or the image
   * is of no class. The latter preserves its predictions and its doubts.
   * Source: Z. Li and D. Hoiem, Learning without Forgetting, 2016.
   */
  tuning_replay_targets: "labels" | "model";
  /** Views of each app sample that epochs use in turn: the sample itself, then augmented ones, fixed by the seed. */
  tuning_views: number;
  /**
   * How far the result is moved back from the tuned weights to those before, 0..1; see `blended`. A tenth to a half
   * preserves more of what the model could do than it costs of what it has learned. 0 for weights of a new class.
   */
  tuning_keep: number;
  /** Like `patience` of training. */
  tuning_patience: number;
  learning_rate: number;
  seed: number;
  augmentation: AugmentationParams | null;
}
