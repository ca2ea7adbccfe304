import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { FineTuneParams } from "../../training/fit/params.ts";
import { balanced } from "../first/drawings.ts";
import type { FirstParams } from "../first/first-params.ts";

/** Training parameters for classes that the model does not know: those of a first model. */
export type NewClassParams = Pick<FirstParams, "images" | "epochs" | "learning_rate" | "augmentation">;

/** Least number of images of each class in an epoch. */
const MIN_EACH = 100;
/**
 * Views of each image, augmented ones included, and limits of their total number: they are held in memory, as images
 * when all layers are trained, otherwise as the outputs of the frozen layers.
 */
const VIEWS = 4;
const MAX_VIEWED = { images: 24_000, features: 4_000 };

/**
 * Adapts drawings and parameters when the model lacks a class that has drawings: the same number of images of each
 * drawn class, in several views, for as many epochs and at the learning rate of a first model. The few steps of
 * ordinary fine-tuning would teach the new output next to nothing. Without such a class nothing is changed.
 *
 * Where there is nothing to replay, the drawings include everything that the model was trained on. Then all layers are
 * trained, because features of the old classes may not separate them from the new one. Otherwise frozen layers stay
 * frozen, and there are at most as many replayed images as drawings.
 */
export function forNewClasses(
  model: ModelArtifacts,
  drawings: ImageSet,
  params: FineTuneParams,
  first: NewClassParams,
): { drawings: ImageSet; params: FineTuneParams } {
  const known = model.userDefinedMetadata.classes;
  const drawn = [...new Set(drawings.labels)];
  if (drawn.every((label) => known.includes(params.classes[label]!))) return { drawings, params };
  const hasReplay = params.tuning_replay_ratio > 0;
  const K = params.classes.length;
  const set = balanced(
    drawings,
    NONE,
    K,
    hasReplay ? K * eachOf(drawings, drawn) : first.images,
    params.seed,
  );
  const most = (limit: number, views: number) =>
    Math.max(params.tuning_views, Math.min(views, Math.floor(limit / set.labels.length)));
  const longer = {
    ...params,
    // The predictions of an untrained output for old images are not useful targets, nor are its weights worth keeping.
    tuning_replay_targets: "labels" as const,
    tuning_keep: 0,
    tuning_epochs: Math.max(params.tuning_epochs, first.epochs),
    learning_rate: first.learning_rate,
  };
  return hasReplay
    ? {
        drawings: set,
        params: {
          ...longer,
          tuning_replay_ratio: Math.min(params.tuning_replay_ratio, 1),
          tuning_views: most(MAX_VIEWED.features, VIEWS),
        },
      }
    : {
        drawings: set,
        params: {
          ...longer,
          tuning_layer: layersOf(model),
          tuning_views: most(MAX_VIEWED.images, longer.tuning_epochs),
          augmentation: first.augmentation,
        },
      };
}

const NONE: ImageSet = { rows: 0, cols: 0, images: new Uint8Array(0), labels: new Uint8Array(0) };

/** The number of drawings of the most frequent class, at least `MIN_EACH`. */
function eachOf({ labels }: ImageSet, drawn: readonly number[]): number {
  const counts = drawn.map((label) => labels.filter((one) => one === label).length);
  return Math.max(MIN_EACH, ...counts);
}

/** The names of all layers with weights. */
function layersOf({ weightSpecs }: ModelArtifacts): string[] {
  return [...new Set(weightSpecs.map(({ name }) => name.slice(0, name.lastIndexOf("/"))))];
}
