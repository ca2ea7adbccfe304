import { type ImageSet, PREPROCESSING_VERSION } from "../digits/types.ts";
import { createRandom } from "../lib/random.ts";
import { architecture } from "./architectures.ts";
import { toArtifacts } from "./artifacts.ts";
import { requireFitParams } from "./fit-params.ts";
import { requireImages, requireSize } from "./image-set.ts";
import { fit } from "./loop.ts";
import { createModel } from "./model.ts";
import { Sampler } from "./sampler.ts";
import type { TrainControl, TrainParams, TrainResult } from "./types.ts";

/**
 * Trains a network from zero; see `fit` for how, and for what is kept.
 *
 * @param threads of the backend; recorded with the model.
 * @throws {UsageError} when a parameter cannot be trained with.
 * @throws {RangeError} when a set is empty, or its sizes or labels do not fit.
 */
export async function train(
  set: ImageSet,
  validation: ImageSet | null,
  params: TrainParams,
  control: TrainControl,
  threads: number,
): Promise<TrainResult> {
  const { rows, cols } = set;
  const { seed, augmentation } = params;
  const classes = [...params.classes];
  const fitParams = {
    classes,
    epochs: params.epochs,
    batchSize: params.batch_size,
    learningRate: params.learning_rate,
    seed,
    augmentation,
  };
  requireFitParams(fitParams);
  requireImages(set, "the training set", classes.length);
  if (validation !== null) {
    requireImages(validation, "the validation set", classes.length);
    requireSize(validation, "the validation set", rows, cols);
  }
  const network = architecture(params.architecture, rows, cols, classes.length);
  const random = createRandom(seed);
  const sampler = new Sampler([{ set, count: set.labels.length }], random.fork("order"));
  const model = createModel(network, random.fork("weights"));
  try {
    const layers = new Set(network.layers.map(({ name }) => name));
    const result = await fit(model, layers, sampler, validation, fitParams, control);
    const metadata = {
      classes,
      rows,
      cols,
      preprocessing: PREPROCESSING_VERSION,
      architecture: params.architecture,
      seed,
      threads,
    };
    return { model: toArtifacts(model, metadata), ...result };
  } finally {
    model.dispose();
  }
}
