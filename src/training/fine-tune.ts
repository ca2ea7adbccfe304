import { type ImageSet, PREPROCESSING_VERSION } from "../digits/types.ts";
import { UsageError } from "../lib/errors.ts";
import type { ModelArtifacts } from "../lib/model-artifacts.ts";
import { createRandom } from "../lib/random.ts";
import { fromArtifacts, toArtifacts } from "./artifacts.ts";
import { requireFitParams } from "./fit-params.ts";
import { tunedLayers } from "./freeze.ts";
import { requireImages, requireSize } from "./image-set.ts";
import { fit } from "./loop.ts";
import { type Portion, Sampler } from "./sampler.ts";
import type { FineTuneParams, TrainControl, TrainResult } from "./types.ts";
import { untrained, withClasses } from "./widen.ts";

export interface FineTuneSets {
  app: ImageSet;
  replay: ImageSet;
  validation: ImageSet | null;
}

/**
 * Goes on training some layers of a model on app samples mixed with replayed ones. Each epoch sees every app
 * sample once, and `tuning_replay_ratio` times as many replayed images, drawn anew; see `fit` for the rest.
 *
 * A class that the model does not know yet gets an output of its own; see `withClasses`.
 *
 * @param base    stays as it is.
 * @param threads of the backend; recorded with the model.
 * @throws {UsageError} when a parameter cannot be trained with, or the model knows a class that `classes` does not have, or has other layers.
 * @throws {RangeError} when a set is empty, or its sizes or labels do not fit.
 * @throws {ModelLoadError} when the base model is damaged.
 */
export async function fineTune(
  base: ModelArtifacts,
  sets: FineTuneSets,
  params: FineTuneParams,
  control: TrainControl,
  threads: number,
): Promise<TrainResult> {
  const { seed, augmentation } = params;
  const classes = [...params.classes];
  const fitParams = {
    classes,
    epochs: params.tuning_epochs,
    batchSize: params.tuning_batch_size,
    learningRate: params.learning_rate,
    seed,
    augmentation,
  };
  requireFitParams(fitParams);
  const widened = withClasses(base, classes, untrained(seed));
  const model = fromArtifacts(widened);
  try {
    const { userDefinedMetadata: before } = widened;
    const tuned = tunedLayers(model.layers, params.tuning_layer);
    const portions = portionsOf(sets, params.tuning_replay_ratio, before.rows, before.cols, classes.length);
    const sampler = new Sampler(portions, createRandom(seed).fork("order"));
    const result = await fit(model, tuned, sampler, sets.validation, fitParams, control);
    const metadata = { ...before, preprocessing: PREPROCESSING_VERSION, seed, threads };
    return { model: toArtifacts(model, metadata), ...result };
  } finally {
    model.dispose();
  }
}

function portionsOf(sets: FineTuneSets, ratio: number, rows: number, cols: number, K: number): Portion[] {
  if (!Number.isFinite(ratio) || ratio < 0) {
    throw new UsageError(`Cannot fine-tune: tuning_replay_ratio must be 0 or more, found ${ratio}`);
  }
  const replayed = Math.round(sets.app.labels.length * ratio);
  const used: [ImageSet | null, string][] = [
    [sets.app, "the app samples"],
    [replayed > 0 ? sets.replay : null, "the replay set"],
    [sets.validation, "the validation set"],
  ];
  for (const [set, what] of used) {
    if (set === null) continue;
    requireImages(set, what, K, set === sets.replay);
    requireSize(set, what, rows, cols);
  }
  const app = { set: sets.app, count: sets.app.labels.length };
  return replayed > 0 ? [app, { set: sets.replay, count: replayed }] : [app];
}
