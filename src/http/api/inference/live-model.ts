import { BusyError, ConflictError, NotFoundError } from "../../../lib/errors.ts";
import { shortened } from "../../../lib/shortened.ts";
import type { Prediction } from "../../../serving/prediction.ts";
import type { AppDeps } from "../../deps.ts";

/** The model that is loaded. */
export interface LiveModel {
  name: string;
  version: number;
  classes: readonly string[];
}

/** The name under which the models of every project are served. */
const MODEL_NAME = "digits";
/** How often a batch is predicted again when another version goes live meanwhile. */
const MAX_SWAPS = 3;

/**
 * Returns the live model if it is the requested one.
 *
 * @param version null for any.
 * @throws {NotFoundError} for another name, a version that does not exist, or when there is no model.
 * @throws {ConflictError} for a version that is not loaded: only the live one is.
 */
export async function requireLive(
  { predictor, registry }: Pick<AppDeps, "predictor" | "registry">,
  name: string,
  version: string | null,
): Promise<LiveModel> {
  if (name !== MODEL_NAME)
    throw new NotFoundError(`There is no model "${shortened(name, 40)}". The model is "${MODEL_NAME}"`);
  const live = predictor.current();
  if (version !== null && String(live?.version) !== version) {
    const isNumber = /^[1-9]\d{0,8}$/.test(version);
    if (!isNumber || (await registry.get(Number(version))) === null)
      throw new NotFoundError(`There is no version "${shortened(version, 20)}" of ${MODEL_NAME}`);
    const which = live === null ? "none is live yet" : `version ${live.version} is live`;
    throw new ConflictError(
      `Version ${version} of ${MODEL_NAME} is not loaded: ${which}. Promote it to serve it`,
    );
  }
  if (live === null) throw new NotFoundError("There is no model yet, or it is still being loaded");
  return live;
}

/**
 * Predicts images with one version, also when another one goes live meanwhile.
 *
 * @param predict predicts one image.
 * @param live returns the live model, or throws when it is no longer the requested one.
 */
export async function predictWithOne(
  images: readonly Uint8Array[],
  predict: (pixels: Uint8Array) => Promise<Prediction>,
  live: () => Promise<LiveModel>,
): Promise<{ model: LiveModel; predictions: Prediction[] }> {
  for (let attempt = 0; attempt < MAX_SWAPS; attempt++) {
    const model = await live();
    const predictions = await Promise.all(images.map(predict));
    if (predictions.every((one) => one.model.version === model.version)) return { model, predictions };
  }
  throw new BusyError("The live model is changing. Try again in a moment");
}
