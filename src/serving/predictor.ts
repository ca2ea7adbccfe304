import { IMAGE_PIXELS } from "../digits/image-format.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import { UnavailableError } from "../lib/errors.ts";
import { createBatcher } from "./batcher.ts";
import { type LoadedModel, loadModel } from "./loaded-model.ts";
import type { Explanation, ModelRef, Prediction } from "./prediction.ts";
import { verifyModel } from "./verify.ts";

/** The loaded model. One answer comes from one version, whatever is swapped in meanwhile. */
export interface Predictor {
  /** @param pixels uint8 [rows * cols], ink 255 on 0. What arrives together is computed together. */
  predict(pixels: Uint8Array): Promise<Prediction>;
  /** As `predict`, with what speaks for the answer; each is computed alone, between two batches. */
  explain(pixels: Uint8Array): Promise<Explanation>;
  /** What answers now; null before the first `swap`. */
  current(): (ModelRef & { classes: readonly string[] }) | null;
  /** Loads and checks on fixed digits, without touching what serves. @throws ModelLoadError with the reason. */
  check(artifacts: ModelArtifacts): Promise<void>;
  /** As `check`, then serves it from the next batch on; what is under way ends on the old one. */
  swap(model: ModelRef, artifacts: ModelArtifacts): Promise<void>;
  close(): Promise<void>;
}

export interface PredictorOptions {
  /** Images computed at once. One after another costs little more, and a long batch holds up the event loop. */
  maxBatch?: number;
  /** Drawings that may wait; the next one is turned away. */
  maxQueue?: number;
  /** Explanations that may wait. */
  maxExplanations?: number;
}

interface Serving {
  ref: ModelRef;
  model: LoadedModel;
}

/**
 * The model that answers, on tfjs's current backend: call `initBackend` first.
 *
 * A batch is computed in one go on this thread and a swap changes one variable, so a swap falls between two
 * batches: each answer comes from exactly one version, and the old one can be disposed of at once. Swaps asked
 * for together take equally many turns: the one asked for last is the one that stays.
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

  // One at a time: each costs as much as several answers, and those must not wait for more than one.
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

/** Requests get a turn between the two steps, each of which takes as long as a batch or two. */
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
  const { probabilities, outlierScores } = model.read(images);
  return images.map((_, n) => {
    const outlierScore = outlierScores?.[n] ?? null;
    return {
      ...toAnswer(model.classes, probabilities.subarray(n * K, (n + 1) * K)),
      outlierScore,
      isOutlier: outlierScore !== null && outlierScore > model.outlierThreshold,
      model: ref,
    };
  });
}

function toAnswer(classes: readonly string[], row: Float32Array) {
  const probabilities = classes.map((label, k) => ({ label, p: row[k]! })).sort((a, b) => b.p - a.p);
  const best = probabilities[0]!;
  return { label: best.label, confidence: best.p, probabilities };
}
