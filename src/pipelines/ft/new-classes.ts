import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { FineTuneParams } from "../../training/fit/params.ts";
import { balanced } from "../first/drawings.ts";
import type { FirstParams } from "../first/first-params.ts";

/** How classes are learned that the model does not know: as a first model learns its classes. */
export type NewClassParams = Pick<FirstParams, "images" | "epochs" | "learning_rate" | "augmentation">;

/** Images of each class in an epoch, at least. */
const MIN_EACH = 100;
/**
 * Of each image, augmented ones among them, and how many these may be in all: they are held in memory, as images when all
 * layers are trained, else as what the frozen layers make of them.
 */
const VIEWS = 4;
const MAX_VIEWED = { images: 24_000, features: 4_000 };

/**
 * What to tune on when the model lacks a class that there are drawings of: as many images of each drawn class as of any
 * other, in several views, for as many epochs and at the rate of a first model. A few steps of tuning would teach the new
 * output next to nothing. Nothing is changed when there is no such class.
 *
 * Where there is nothing to replay, all that the model has learned from is among the drawings: then all layers are
 * trained, for what they see of the old classes may not tell these from the new one. Else the layers that are frozen
 * stay so, and there is no more replay than there are images.
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
    // What an output that has learned nothing says of old images is no target.
    tuning_replay_targets: "labels" as const,
    tuning_epochs: Math.max(params.tuning_epochs, first.epochs),
    learning_rate: Math.max(params.learning_rate, first.learning_rate),
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

/** As many as there are of the most drawn class. */
function eachOf({ labels }: ImageSet, drawn: readonly number[]): number {
  const counts = drawn.map((label) => labels.filter((one) => one === label).length);
  return Math.max(MIN_EACH, ...counts);
}

/** The names of the layers that have weights. */
function layersOf({ weightSpecs }: ModelArtifacts): string[] {
  return [...new Set(weightSpecs.map(({ name }) => name.slice(0, name.lastIndexOf("/"))))];
}
