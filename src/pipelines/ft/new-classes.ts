import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { FineTuneParams, TrainParams } from "../../training/fit/params.ts";
import { balanced, lettersFor } from "../first/drawings.ts";
import type { FirstParams } from "../first/first-params.ts";

/** Training parameters for classes that the model does not know: those of a first model. */
export type NewClassParams = Pick<
  FirstParams,
  "images" | "letters" | "epochs" | "batch_size" | "learning_rate" | "augmentation"
>;

/** Least number of images of each class in an epoch. */
const MIN_EACH = 100;
/** Views of each image, augmented ones included, and the limit of their total number, whose features are held in memory. */
const VIEWS = 4;
const MAX_VIEWED = 4_000;

/** Whether the model lacks a class that has drawings. */
export function lacksClass(
  { userDefinedMetadata: { classes: known } }: ModelArtifacts,
  drawings: ImageSet,
  classes: readonly string[],
): boolean {
  return [...new Set(drawings.labels)].some((label) => !known.includes(classes[label]!));
}

/**
 * Adapts drawings and parameters of fine-tuning when the model lacks a class that has drawings: the same number of images
 * of each drawn class, in several views, for as many epochs and at the learning rate of a first model, and at most as many
 * replayed images as drawings. The few steps of ordinary fine-tuning would teach the new output next to nothing.
 */
export function forNewClasses(
  drawings: ImageSet,
  params: FineTuneParams,
  first: NewClassParams,
): { drawings: ImageSet; params: FineTuneParams } {
  const K = params.classes.length;
  const set = balanced(drawings, NONE, K, K * eachOf(drawings), params.seed);
  const views = Math.min(VIEWS, Math.floor(MAX_VIEWED / set.labels.length));
  return {
    drawings: set,
    params: {
      ...params,
      // The predictions of an untrained output for old images are not useful targets, nor are its weights worth keeping.
      tuning_replay_targets: "labels" as const,
      tuning_keep: 0,
      tuning_epochs: Math.max(params.tuning_epochs, first.epochs),
      learning_rate: first.learning_rate,
      tuning_replay_ratio: Math.min(params.tuning_replay_ratio, 1),
      tuning_views: Math.max(params.tuning_views, views),
    },
  };
}

/**
 * Returns what a model that lacks a class is trained on where there is nothing to replay: the drawings include everything
 * that it was trained on, so all of its layers are trained again as those of a first model are, each image with another
 * warp in each epoch. With the same few views in all epochs, the model fits these, at the cost of the old classes.
 */
export function againWithNewClasses(
  drawings: ImageSet,
  params: FineTuneParams,
  first: NewClassParams,
): { drawings: ImageSet; params: TrainParams } {
  const { classes, seed, tuning_patience: patience } = params;
  const { images, letters: _, ...fitting } = first;
  const synthetic = lettersFor(first, classes, seed);
  return {
    drawings: balanced(drawings, NONE, classes.length, images, seed, synthetic),
    // The model has an architecture already.
    params: { ...fitting, classes, seed, patience, architecture: "" },
  };
}

const NONE: ImageSet = { rows: 0, cols: 0, images: new Uint8Array(0), labels: new Uint8Array(0) };

/** The number of drawings of the most frequent class, at least `MIN_EACH`. */
function eachOf({ labels }: ImageSet): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(MIN_EACH, ...counts.values());
}
