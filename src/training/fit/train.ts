import { PREPROCESSING_VERSION } from "../../digits/image-format.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { createRandom } from "../../lib/random.ts";
import { type Augmenter, augmentHere } from "../augment/augmenter.ts";
import { checkpointOf, type TrainingCaches } from "../caches/training-caches.ts";
import { predictLogits } from "../evaluate/predict.ts";
import { requireImages, requireSize } from "../image-set.ts";
import { architecture } from "../model/architectures.ts";
import { fromArtifacts, toArtifacts } from "../model/artifacts.ts";
import { createModel } from "../model/layers-model.ts";
import { untrained, withSharedClasses } from "../model/widen.ts";
import { imageBatches } from "./batches.ts";
import { requireFitParams } from "./check-params.ts";
import { fit } from "./loop.ts";
import type { TrainParams } from "./params.ts";
import { type Portion, Sampler } from "./sampler.ts";
import type { TrainControl, TrainResult } from "./train-control.ts";
import { trainingKey } from "./training-key.ts";

/**
 * Trains all layers of a network, from scratch or from another model; see `fit` for the method and for which weights are kept.
 *
 * @param sets    mixed in every epoch; empty ones are ignored. Images labelled `NO_CLASS` teach the network to be
 *   undecided: their target is 1 / K for each class.
 *   Source: D. Hendrycks, M. Mazeika and T. Dietterich, Deep Anomaly Detection with Outlier Exposure, 2019.
 * @param threads of the backend; recorded with the model.
 * @param initial a model to start from, whatever its classes; `architecture` then has no effect. Null starts from scratch.
 * @throws {UsageError} when a parameter is invalid.
 * @throws {RangeError} when a set is empty, or its sizes or labels do not fit.
 */
export async function train(
  sets: ImageSet | readonly ImageSet[],
  validation: ImageSet | null,
  params: TrainParams,
  control: TrainControl,
  threads: number,
  caches: TrainingCaches,
  initial: ModelArtifacts | null = null,
  augmenter: Augmenter = augmentHere,
): Promise<TrainResult> {
  const { seed, augmentation, patience } = params;
  const classes = [...params.classes];
  const fitParams = {
    classes,
    epochs: params.epochs,
    batchSize: params.batch_size,
    learningRate: params.learning_rate,
    seed,
    patience,
  };
  requireFitParams(fitParams);
  const portions = portionsOf(sets, classes.length);
  const { rows, cols } = portions[0]!.set;
  if (validation !== null) {
    requireImages(validation, "the validation set", classes.length);
    requireSize(validation, "the validation set", rows, cols);
  }
  const random = createRandom(seed);
  const started = initial && withSharedClasses(initial, classes, untrained(seed));
  const data = [...portions.map(({ set }) => set), validation, started?.weightData ?? null];
  const key = () => trainingKey([params, threads, caches.numerics], data);
  const sampler = new Sampler(portions, random.fork("order"));
  const model =
    started === null
      ? createModel(architecture(params.architecture, rows, cols, classes.length), random.fork("weights"))
      : fromArtifacts(started);
  try {
    const result = await fit({
      model,
      trained: new Set(model.layers.map(({ name }) => name)),
      batches: imageBatches(sampler, classes.length, augmentation, augmenter),
      from: 0,
      validation: validation && {
        labels: validation.labels,
        logits: (signal) => predictLogits(model, validation, signal),
      },
      checkpoint: checkpointOf(caches, key),
      params: fitParams,
      control,
    });
    const metadata = {
      classes,
      rows,
      cols,
      preprocessing: PREPROCESSING_VERSION,
      architecture: started?.userDefinedMetadata.architecture ?? params.architecture,
      seed,
      threads,
    };
    return { model: toArtifacts(model, metadata), ...result };
  } finally {
    model.dispose();
  }
}

/** One portion per set that is not empty, with all of its images. */
function portionsOf(sets: ImageSet | readonly ImageSet[], K: number): Portion[] {
  const given = "labels" in sets ? [sets] : sets;
  const used = given.filter(({ labels }) => labels.length > 0);
  const [first] = used;
  if (first === undefined) throw new RangeError("Cannot use the training set: it is empty");
  for (const set of used) {
    requireImages(set, "the training set", K, true);
    requireSize(set, "the training set", first.rows, first.cols);
  }
  return used.map((set) => ({ set, count: set.labels.length }));
}
