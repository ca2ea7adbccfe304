import { IMAGE_PIXELS } from "../digits/image-format.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import { UnavailableError } from "../lib/errors.ts";
import { createBatcher } from "./batcher.ts";
import { type LoadedModel, loadModel } from "./loaded-model.ts";
import type { Explanation, ModelRef, Prediction } from "./prediction.ts";
import { verifyModel } from "./verify.ts";

/** Predicts with the live model. Each prediction comes from a single version, even during a swap. */
export interface Predictor {
  /** Drawings that arrive together are computed in one batch. @param pixels uint8 [rows * cols], ink 255 on 0. */
  predict(pixels: Uint8Array): Promise<Prediction>;
  /** Like `predict`, with an explanation; each is computed alone, between two batches. */
  explain(pixels: Uint8Array): Promise<Explanation>;
  /** The live version; null before the first `swap`. */
  current(): (ModelRef & { classes: readonly string[] }) | null;
  /** Loads a model and checks it on fixed digits; the live model is unaffected. @throws ModelLoadError with the reason. */
  check(artifacts: ModelArtifacts): Promise<void>;
  /** Checks a model, then makes it live from the next batch on; the current batch ends on the old one. */
  swap(model: ModelRef, artifacts: ModelArtifacts): Promise<void>;
  /** Rejects waiting and future predictions, and frees the model. */
  close(): Promise<void>;
}

/** The limits of a predictor. */
export interface PredictorOptions {
  /** Images per batch. Larger batches save little time, and block the event loop for longer. */
  maxBatch?: number;
  /** Drawings that may wait; further ones are rejected. */
  maxQueue?: number;
  /** Explanations that may wait; further ones are rejected. */
  maxExplanations?: number;
}

interface Serving {
  ref: ModelRef;
  model: LoadedModel;
}

/**
 * Creates a predictor on tfjs's current backend; call `initBackend` first.
 *
 * A batch is computed in one step on this thread and a swap changes one variable, so a swap falls between two batches:
 * each prediction comes from exactly one version, and the old model can be disposed of at once. Concurrent swaps take
 * the same number of turns, so the last one wins.
 */
export function createPredictor({
  maxBatch = 16,
  maxQueue = 256,
  maxExplanations = 16,
}: PredictorOptions = {}): Predictor {
  let serving: Serving | null = null;
  let isClosed = false;

  const batcher = createBatcher<Uint8Array, Prediction>({
    maxBatch,
    maxQueue,
    compute: (images) => predictBatch(requireModel(serving), images),
  });

  // One at a time: each costs as much as several predictions, and these must not wait for more than one.
  const explanations = createBatcher<Uint8Array, Explanation>({
    maxBatch: 1,
    maxQueue: maxExplanations,
    compute: ([image]) => [explainOne(requireModel(serving), image!)],
  });

  return {
    async predict(pixels) {
      requirePixels(pixels);
      requireModel(serving);
      return batcher.add(pixels);
    },
    async explain(pixels) {
      requirePixels(pixels);
      requireModel(serving);
      return explanations.add(pixels);
    },
    current() {
      return serving === null ? null : { ...serving.ref, classes: serving.model.classes };
    },
    async check(artifacts) {
      (await loadVerified(artifacts)).dispose();
    },
    async swap(ref, artifacts) {
      const model = await loadVerified(artifacts);
      if (isClosed) {
        model.dispose();
        throw new UnavailableError(`Cannot serve ${ref.name} ${ref.version}: the server is stopping`);
      }
      const old = serving;
      serving = { ref: { ...ref }, model };
      old?.model.dispose();
    },
    async close() {
      isClosed = true;
      batcher.close();
      explanations.close();
      serving?.model.dispose();
      serving = null;
    },
  };
}

/** Loads and checks a model. Requests are handled between the two steps, each of which takes as long as a batch or two. */
async function loadVerified(artifacts: ModelArtifacts): Promise<LoadedModel> {
  const model = loadModel(artifacts);
  await new Promise((resolve) => setImmediate(resolve));
  try {
    verifyModel(model);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function requireModel(serving: Serving | null): Serving {
  if (serving === null) throw new UnavailableError("No model is loaded yet. Try again in a moment");
  return serving;
}

function requirePixels({ length }: Uint8Array): void {
  if (length === IMAGE_PIXELS) return;
  throw new RangeError(`Cannot predict: expected ${IMAGE_PIXELS} pixels, found ${length}`);
}

function explainOne(serving: Serving, image: Uint8Array): Explanation {
  const prediction = predictBatch(serving, [image])[0]!;
  return { ...prediction, ...serving.model.explain(image, serving.model.classes.indexOf(prediction.label)) };
}

function predictBatch({ ref, model }: Serving, images: readonly Uint8Array[]): Prediction[] {
  const K = model.classes.length;
  const { probabilities, outlierScores } = model.classify(images);
  return images.map((_, n) => {
    const outlierScore = outlierScores?.[n] ?? null;
    return {
      ...bestOf(model.classes, probabilities.subarray(n * K, (n + 1) * K)),
      outlierScore,
      isOutlier: outlierScore !== null && outlierScore > model.outlierThreshold,
      model: ref,
    };
  });
}

function bestOf(classes: readonly string[], row: Float32Array) {
  const probabilities = classes.map((label, k) => ({ label, p: row[k]! })).sort((a, b) => b.p - a.p);
  const best = probabilities[0]!;
  return { label: best.label, confidence: best.p, probabilities };
}
