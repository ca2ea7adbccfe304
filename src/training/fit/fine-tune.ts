import { PREPROCESSING_VERSION } from "../../digits/image-format.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts, ModelMetadata } from "../../domain/model-artifacts.ts";
import type * as tf from "../../kernels/tf.ts";
import { UsageError } from "../../lib/errors.ts";
import { createRandom } from "../../lib/random.ts";
import { viewsOf } from "../augment/augmented-copies.ts";
import { extractFeatures, Features, logitsOfFeatures } from "../caches/features.ts";
import { checkpointOf, knownFeatures, type TrainingCaches } from "../caches/training-caches.ts";
import { probabilitiesOf } from "../evaluate/softmax.ts";
import { drawImages, requireImages, requireSize } from "../image-set.ts";
import { fromArtifacts, toArtifacts } from "../model/artifacts.ts";
import { setWeights, weightsOf } from "../model/weights.ts";
import { never, untrained, withClasses } from "../model/widen.ts";
import type { SoftTargets } from "./batch.ts";
import { featureBatches } from "./batches.ts";
import { blended } from "./blend.ts";
import { requireFitParams } from "./check-params.ts";
import { frozenPrefix } from "./frozen-prefix.ts";
import { fit, type Validation } from "./loop.ts";
import type { FineTuneParams } from "./params.ts";
import { type Portion, Sampler } from "./sampler.ts";
import type { TrainControl, TrainResult } from "./train-control.ts";
import { trainingKey } from "./training-key.ts";
import { tunedLayers } from "./tuned-layers.ts";

/** The image sets of a fine-tuning. */
export interface FineTuneSets {
  app: ImageSet;
  replay: ImageSet;
  validation: ImageSet | null;
}

/**
 * Continues training some layers of a model, on app samples mixed with replayed images. Each epoch sees every app
 * sample once, in one of its views (see `viewsOf`), and every replayed image: `tuning_replay_ratio` per app sample,
 * drawn once. The frozen layers' outputs are computed once, or taken from the cache; see `fit` for the rest. The result
 * is between the weights that `fit` leaves and those before; see `tuning_keep`.
 *
 * A class that the model does not know yet gets a new output; see `withClasses`.
 *
 * @param base    not changed.
 * @param threads of the backend; recorded with the model.
 * @throws {UsageError} when a parameter is invalid, the model knows a class that `classes` does not have, or it does
 *   not have the layers of `tuning_layer`.
 * @throws {RangeError} when a set is empty, or its sizes or labels do not fit.
 * @throws {ModelLoadError} when the base model is damaged.
 */
export async function fineTune(
  base: ModelArtifacts,
  sets: FineTuneSets,
  params: FineTuneParams,
  control: TrainControl,
  threads: number,
  caches: TrainingCaches,
): Promise<TrainResult> {
  const { seed } = params;
  const classes = [...params.classes];
  const fitParams = {
    classes,
    epochs: params.tuning_epochs,
    batchSize: params.tuning_batch_size,
    learningRate: params.learning_rate,
    seed,
    patience: params.tuning_patience,
  };
  requireFitParams(fitParams);
  const widened = withClasses(base, classes, untrained(seed));
  const model = fromArtifacts(widened);
  try {
    const { userDefinedMetadata: before } = widened;
    requireSets(sets, params, before, classes.length);
    const trained = tunedLayers(model.layers, params.tuning_layer);
    const from = frozenPrefix(model.layers, trained);
    const known = knownFeatures(caches, widened, from);
    const featuresOf = (set: ImageSet) => extractFeatures(model, from, set, known, control.signal);
    const portions = portionsOf(sets, params);
    const parts: Features[] = [];
    for (const { set } of portions) parts.push(await featuresOf(set));
    const [, replayed] = parts;
    const isTaught = params.tuning_replay_targets === "model" && replayed !== undefined;
    const soft = isTaught
      ? rightAnswers(
          await answersOf(base, classes, from, replayed, control.signal),
          classes.length,
          parts[0]!.rows.length,
        )
      : null;
    const sampler = new Sampler(portions, createRandom(seed).fork("order"));
    const key = () =>
      trainingKey(
        [params, threads, caches.numerics],
        [widened.weightData, ...portions.map(({ set }) => set), sets.validation],
      );
    const weights = weightsOf(model);
    const result = await fit({
      model,
      trained,
      batches: featureBatches(sampler, joined(parts), classes.length, soft),
      from,
      validation: sets.validation && (await validationOf(model, from, sets.validation, featuresOf)),
      checkpoint: checkpointOf(caches, key),
      params: { ...fitParams, epochs: epochsOf(params, sampler.size) },
      control,
    });
    setWeights(model, blended(weightsOf(model), weights, params.tuning_keep));
    const metadata = { ...before, preprocessing: PREPROCESSING_VERSION, seed, threads };
    return { model: toArtifacts(model, metadata), ...result };
  } finally {
    model.dispose();
  }
}

/** The base model's probabilities; those of classes that it does not know are close to 0. */
async function answersOf(
  base: ModelArtifacts,
  classes: readonly string[],
  from: number,
  features: Features,
  signal: AbortSignal,
): Promise<Float32Array> {
  const model = fromArtifacts(withClasses(base, classes, never));
  try {
    return probabilitiesOf(await logitsOfFeatures(model, from, features, signal), classes.length, 1);
  } finally {
    model.dispose();
  }
}

/** For images from `first` on: the base model's probabilities, where it was correct or the image is of no class. */
function rightAnswers(probabilities: Float32Array, K: number, first: number): SoftTargets {
  return {
    of(index, label) {
      if (index < first) return null;
      const said = probabilities.subarray((index - first) * K, (index - first + 1) * K);
      return label >= K || said[label] === Math.max(...said) ? said : null;
    },
  };
}

function joined(parts: readonly Features[]): Features {
  return new Features(
    parts[0]!.shape,
    parts.flatMap(({ rows }) => rows),
  );
}

async function validationOf(
  model: tf.Sequential,
  from: number,
  set: ImageSet,
  featuresOf: (set: ImageSet) => Promise<Features>,
): Promise<Validation> {
  const features = await featuresOf(set);
  return { labels: set.labels, logits: (signal) => logitsOfFeatures(model, from, features, signal) };
}

function requireSets(
  sets: FineTuneSets,
  params: FineTuneParams,
  { rows, cols }: ModelMetadata,
  K: number,
): void {
  const { tuning_replay_ratio: ratio, tuning_views: views } = params;
  const { tuning_min_steps: least, tuning_keep: keep } = params;
  if (!Number.isFinite(ratio) || ratio < 0) {
    throw new UsageError(`Cannot fine-tune: tuning_replay_ratio must be 0 or more, found ${ratio}`);
  }
  if (!Number.isInteger(views) || views < 1) {
    throw new UsageError(
      `Cannot fine-tune: tuning_views must be a whole number of at least 1, found ${views}`,
    );
  }
  if (!Number.isInteger(least) || least < 0) {
    throw new UsageError(
      `Cannot fine-tune: tuning_min_steps must be a whole number of steps, or 0 for no least number, found ${least}`,
    );
  }
  if (!(keep >= 0 && keep < 1)) {
    throw new UsageError(`Cannot fine-tune: tuning_keep must be at least 0 and below 1, found ${keep}`);
  }
  const used: [ImageSet | null, string][] = [
    [sets.app, "the app samples"],
    [replayedOf(sets, ratio) > 0 ? sets.replay : null, "the replay set"],
    [sets.validation, "the validation set"],
  ];
  for (const [set, what] of used) {
    if (set === null) continue;
    requireImages(set, what, K, set !== sets.validation);
    requireSize(set, what, rows, cols);
  }
}

function portionsOf(sets: FineTuneSets, params: FineTuneParams): Portion[] {
  const { seed, augmentation, tuning_views: views, tuning_replay_ratio: ratio } = params;
  const app = { set: viewsOf(sets.app, views, augmentation, seed), count: sets.app.labels.length, views };
  const count = replayedOf(sets, ratio);
  return count === 0 ? [app] : [app, { set: drawImages(sets.replay, count, seed), count }];
}

function replayedOf({ app, replay }: FineTuneSets, ratio: number): number {
  return Math.min(Math.round(app.labels.length * ratio), replay.labels.length);
}

/** At least `tuning_epochs`, and as many as make `tuning_min_steps` steps. @param size images per epoch. */
function epochsOf(params: FineTuneParams, size: number): number {
  const steps = Math.ceil(size / params.tuning_batch_size);
  return Math.max(params.tuning_epochs, Math.ceil(params.tuning_min_steps / steps));
}
