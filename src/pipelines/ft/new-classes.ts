import type { ImageSet } from "../../digits/types.ts";
import type { ModelArtifacts } from "../../lib/model-artifacts.ts";
import type { FineTuneParams } from "../../training/types.ts";
import { balanced } from "../first/drawings.ts";
import type { FirstParams } from "../first/nodes.ts";
import { take } from "../image-sets.ts";

/** How a class is learned that the model does not know: for as long as a first model trains. */
export type NewClassParams = Pick<FirstParams, "epochs" | "learning_rate">;

/** Images of each class in an epoch, at least. */
const MIN_EACH = 100;

/** Of each image, augmented ones among them; and how many that may be in all, for all are held in memory. */
const VIEWS = 4;
const MAX_VIEWED = 4_000;

/**
 * What to tune on when the model lacks a class that there are drawings of: as many images of each drawn class as of the
 * most drawn one, in several views, for as many epochs and at the rate of a first model, and no more replay than that. A few steps of
 * tuning would teach the new output next to nothing. Nothing is changed when there is no such class.
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
  const K = params.classes.length;
  const largest = Math.max(...drawn.map((label) => drawings.labels.filter((one) => one === label).length));
  const images = K * Math.max(MIN_EACH, largest);
  const none = take(drawings, new Uint32Array(0));
  return {
    drawings: balanced(drawings, none, K, images, params.seed),
    params: {
      ...params,
      tuning_epochs: Math.max(params.tuning_epochs, first.epochs),
      tuning_views: Math.max(params.tuning_views, Math.min(VIEWS, Math.floor(MAX_VIEWED / images))),
      tuning_replay_ratio: Math.min(params.tuning_replay_ratio, 1),
      learning_rate: Math.max(params.learning_rate, first.learning_rate),
    },
  };
}
