import type { ImageSet } from "../domain/image-set.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { CalibrationReport, RejectionParams } from "./evaluate/calibrate.ts";
import type { Calibration } from "./evaluate/calibration-error.ts";
import type { Examples } from "./evaluate/examples.ts";
import type { RejectionReport } from "./evaluate/rejection.ts";

export interface AugmentationParams {
  /** Degrees, shift in pixels, scale and shear as fractions: each drawn uniformly in ±value. 0 = off. */
  rotate_deg: number;
  shift_px: number;
  scale: number;
  shear: number;
  /** Standard deviation of a smooth random warp, pixels; absent or 0 = off, as with all that follow. */
  elastic_px?: number;
  /** Share of the images whose strokes are made thicker or thinner, 0..1. */
  stroke_width?: number;
  /** Share of the images that get another background, less contrast, noise, specks or blur, 0..1. */
  noise?: number;
  /** Share of the images that a line, whole or dotted, of ink or of nothing, is drawn across, 0..1. */
  lines?: number;
}

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

export interface TrainProgress {
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  loss: number;
  /** On the validation split, after each epoch; null within one. */
  val_loss: number | null;
  val_accuracy: number | null;
  samples_per_s: number;
  /** Of the step's change of the weights. */
  learning_rate: number;
  /** Of the epochs that have ended the one whose weights would be kept; null before the first has. */
  best_epoch: number | null;
}

export interface TrainControl {
  signal: AbortSignal;
  onProgress(progress: TrainProgress): void;
  /** Called at most once, before the first step: the epochs up to this one were done by an earlier run. */
  onResumed?(epoch: number): void;
}

export interface EpochRecord {
  epoch: number;
  loss: number;
  val_loss: number | null;
  val_accuracy: number | null;
  samples_per_s: number;
  /** Of the epoch's last step. */
  learning_rate: number;
  seconds: number;
}

export interface TrainResult {
  model: ModelArtifacts;
  history: EpochRecord[];
  /** The epoch whose weights were kept. */
  bestEpoch: number;
}

export interface EvaluationReport {
  n: number;
  /** 0..1 */
  accuracy: number;
  /** Mean cross-entropy, nats. */
  loss: number;
  per_class: { label: string; n: number; recall: number | null; precision: number | null }[];
  /** [K][K]: row = true class, column = predicted, in the order of `classes`. */
  confusion: number[][];
  /** How far the confidence of the answers can be believed. */
  calibration: Calibration;
}

/** A report, with examples of what stands behind its figures. */
export interface Examined {
  report: EvaluationReport;
  examples: Examples;
}

/** What pipelines need of training; tensors stay behind it. */
export interface Training {
  /** @param sets mixed; images labelled `NO_CLASS` in them teach the model to be undecided. */
  train(
    sets: ImageSet | readonly ImageSet[],
    validation: ImageSet | null,
    params: TrainParams,
    control: TrainControl,
  ): Promise<TrainResult>;
  fineTune(
    base: ModelArtifacts,
    app: ImageSet,
    replay: ImageSet,
    validation: ImageSet | null,
    params: FineTuneParams,
    control: TrainControl,
  ): Promise<TrainResult>;
  evaluate(model: ModelArtifacts, set: ImageSet, signal?: AbortSignal): Promise<EvaluationReport>;
  /** As `evaluate`, with examples of what the model got wrong. */
  /** @param tuned as `tuning_layer`: what the layers before these make of the images is kept for the next model. */
  examine(
    model: ModelArtifacts,
    set: ImageSet,
    signal?: AbortSignal,
    tuned?: FineTuneParams["tuning_layer"],
  ): Promise<Examined>;
  /** The same weights with a temperature and a threshold for outliers, and what was measured; see `calibrate.ts`. */
  calibrate(
    model: ModelArtifacts,
    validation: ImageSet,
    negatives: ImageSet | null,
    rejection: RejectionParams,
    signal?: AbortSignal,
  ): Promise<{ model: ModelArtifacts; report: CalibrationReport }>;
  /** How well it tells images of its classes from others; see `rejection.ts`. */
  measureRejection(
    model: ModelArtifacts,
    known: ImageSet,
    unknown: ImageSet,
    signal?: AbortSignal,
  ): Promise<RejectionReport>;
}
