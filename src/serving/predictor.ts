import { IMAGE_PIXELS } from "../digits/image-format.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import { BusyError } from "../lib/errors.ts";
import { createBatcher } from "./batcher.ts";
import {
  type FeatureSpace,
  type LoadedModel,
  loadingMs,
  loadModel,
  type ModelOutputs,
} from "./loaded-model.ts";
import { blendedLogits, isKnown, type MemoryOf } from "./personal/blended-logits.ts";
import type { PersonalPrediction } from "./personal/personal-prediction.ts";
import type { Explanation, ModelRef, Prediction } from "./prediction.ts";
import { Serving } from "./serving-version.ts";
import { verifyModel } from "./verify.ts";

/** The version that is live, with its classes in the order of its outputs. */
interface LiveRef extends ModelRef {
  classes: readonly string[];
}

/** Predictions of one version. */
export interface PredictedTogether {
  model: LiveRef;
  predictions: Prediction[];
}

/** Predicts with the live model. Each prediction comes from a single version, even during a swap. */
export interface Predictor {
  /** Drawings that arrive together are computed in one batch. @param pixels uint8 [rows * cols], ink 255 on 0. */
  predict(pixels: Uint8Array): Promise<Prediction>;
  /**
   * Like `predict`, for a person: what their memory says is added to the answer to show.
   * @param memoryOf returns their memory in a space of features; null when there is none.
   */
  predictFor(pixels: Uint8Array, memoryOf: MemoryOf): Promise<PersonalPrediction>;
  /**
   * Predicts several images with the version that is live at the call, also when another one goes live before the last of
   * them: that version stays in memory until then.
   * @returns the version, and a prediction for each image.
   */
  predictAll(images: readonly Uint8Array[]): Promise<PredictedTogether>;
  /** The features of images in the live model's space; null before the first `swap`. Computed in several batches. */
  features(): FeatureExtractor | null;
  /**
   * Registers what is to happen before another model goes live, with its features. The function that it returns is called
   * in the step in which the model goes live.
   */
  beforeSwap(prepare: (next: FeatureExtractor) => Promise<() => void>): void;
  /** Like `predict`, with an explanation; each is computed alone, between two batches. */
  explain(pixels: Uint8Array): Promise<Explanation>;
  /** The live version; null before the first `swap`. */
  current(): LiveRef | null;
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
  /** How long a drawing may wait, in milliseconds; then it is rejected. Time in which a model is loaded does not count. */
  maxWaitMs?: number;
  /** How long batches may follow each other before other work, in milliseconds. */
  turnMs?: number;
  /** Milliseconds on a clock that nobody can set. */
  monotonicMs?(): number;
}

/** Computes features. */
export interface FeatureExtractor extends FeatureSpace {
  /** @param images uint8 [784] each. @returns float32 [width] for each. @throws {UnavailableError} after `close`. */
  of(images: readonly Uint8Array[]): Promise<Float32Array[]>;
}

/** An image that waits for its prediction. */
interface Asked {
  pixels: Uint8Array;
  memoryOf: MemoryOf | null;
  /** The version that must predict it; null for whichever is live then. */
  by: Serving | null;
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
  maxWaitMs = 750,
  turnMs = 25,
  // A model that is loaded stops the thread: nobody whose drawing waits meanwhile is turned away for that.
  monotonicMs = () => performance.now() - loadingMs(),
}: PredictorOptions = {}): Predictor {
  let serving: Serving | null = null;
  let isClosed = false;
  let prepare: ((next: FeatureExtractor) => Promise<() => void>) | null = null;

  const batcher = createBatcher<Asked, PersonalPrediction>({
    ...{ maxBatch, maxQueue, maxWaitMs, turnMs, monotonicMs },
    compute: (asked) => predictEach(asked, () => requireModel(serving)),
  });

  // One at a time: each costs as much as several predictions, and these must not wait for more than one.
  const explanations = createBatcher<Uint8Array, Explanation>({
    ...{ maxBatch: 1, maxQueue: maxExplanations, monotonicMs },
    // Each takes as long as several predictions.
    ...{ maxWaitMs: 10 * maxWaitMs, turnMs: 0 },
    compute: ([image]) => [explainOne(requireModel(serving), image!)],
  });

  return {
    async predict(pixels) {
      requirePixels(pixels);
      requireModel(serving);
      return (await batcher.add({ pixels, memoryOf: null, by: null })).prediction;
    },
    async predictFor(pixels, memoryOf) {
      requirePixels(pixels);
      requireModel(serving);
      return batcher.add({ pixels, memoryOf, by: null });
    },
    async predictAll(images) {
      images.forEach(requirePixels);
      const by = requireModel(serving);
      const end = by.use();
      try {
        // All of them, because the version must not be freed while one is waiting.
        const answers = await Promise.allSettled(
          images.map((pixels) => batcher.add({ pixels, memoryOf: null, by })),
        );
        const predictions = answers.map((one) => {
          if (one.status === "rejected") throw one.reason;
          return one.value.prediction;
        });
        return { model: { ...by.ref, classes: by.model.classes }, predictions };
      } finally {
        end();
      }
    },
    features: () => (serving === null ? null : extractor(serving.model, maxBatch)),
    beforeSwap(work) {
      prepare = work;
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
      const commit = await prepare?.(extractor(model, maxBatch)).catch((error) => {
        model.dispose();
        throw error;
      });
      if (isClosed) {
        model.dispose();
        throw new BusyError(`Cannot serve ${ref.name} ${ref.version}: the server is stopping`);
      }
      const old = serving;
      serving = new Serving(ref, model);
      commit?.();
      old?.retire();
    },
    async close() {
      isClosed = true;
      batcher.close();
      explanations.close();
      serving?.retire();
      serving = null;
    },
  };
}

/** Predicts images, each with its version. */
function predictEach(asked: readonly Asked[], live: () => Serving): PersonalPrediction[] {
  const found: PersonalPrediction[] = [];
  for (const by of new Set(asked.map((one) => one.by ?? live()))) {
    const places = asked.flatMap((one, n) => ((one.by ?? live()) === by ? [n] : []));
    predictBatch(
      by,
      places.map((n) => asked[n]!),
    ).forEach((answer, i) => {
      found[places[i]!] = answer;
    });
  }
  return found;
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
  if (serving === null) throw new BusyError("No model is loaded yet. Try again in a moment");
  return serving;
}

function requirePixels({ length }: Uint8Array): void {
  if (length === IMAGE_PIXELS) return;
  throw new RangeError(`Cannot predict: expected ${IMAGE_PIXELS} pixels, found ${length}`);
}

function explainOne(serving: Serving, image: Uint8Array): Explanation {
  const [{ prediction }] = predictBatch(serving, [{ pixels: image, memoryOf: null, by: serving }]) as [
    PersonalPrediction,
  ];
  return { ...prediction, ...serving.model.explain(image, serving.model.classes.indexOf(prediction.label)) };
}

/** Features are read back only when someone's memory needs them; the batch is computed the same way. */
function predictBatch(serving: Serving, asked: readonly Asked[]): PersonalPrediction[] {
  const { model } = serving;
  const { space, width } = model.features;
  const K = model.classes.length;
  const memories = asked.map(({ memoryOf }) => memoryOf?.(space) ?? null);
  const withFeatures = memories.some((memory) => memory !== null && memory.size > 0);
  const { logits, features } = model.run(
    asked.map(({ pixels }) => pixels),
    withFeatures,
  );
  const outputs = model.outputsOf(logits);
  return asked.map((_, n) => {
    const prediction = predictionOf(serving, outputs, n);
    const memory = memories[n]!;
    if (memory === null) return { prediction, shown: prediction, personal: null };
    const nothing = { used: false, n: memory.size, changedFrom: null, spoke: [] };
    if (features === null || memory.size === 0) return { prediction, shown: prediction, personal: nothing };
    const row = logits.subarray(n * K, (n + 1) * K);
    const { spoke, blended } = blendedLogits(
      model,
      memory,
      row,
      features.subarray(n * width, (n + 1) * width),
    );
    if (spoke.length === 0) return { prediction, shown: prediction, personal: nothing };
    const shown = { ...predictionOf(serving, model.outputsOf(blended), 0), ...outlierOf(prediction) };
    if (isKnown(spoke, shown.label)) shown.isOutlier = false;
    const changedFrom = shown.label === prediction.label ? null : prediction.label;
    const used = spoke.some(({ label }) => label === shown.label);
    return { prediction, shown, personal: { used, n: memory.size, changedFrom, spoke } };
  });
}

/**
 * Evidence adds to every score, so it would hide what is none of the classes. The model's own word stands, unless the
 * person has labelled a drawing like it before (`isKnown`).
 */
function outlierOf({ outlierScore, isOutlier }: Prediction) {
  return { outlierScore, isOutlier };
}

/** The prediction of row `n`. */
function predictionOf({ ref, model }: Serving, outputs: ModelOutputs, n: number): Prediction {
  const K = model.classes.length;
  const outlierScore = outputs.outlierScores?.[n] ?? null;
  return {
    ...bestOf(model.classes, outputs.probabilities.subarray(n * K, (n + 1) * K)),
    outlierScore,
    isOutlier: outlierScore !== null && outlierScore > model.outlierThreshold,
    model: ref,
  };
}

/** Computes features in batches, with the event loop between them. */
function extractor(model: LoadedModel, maxBatch: number): FeatureExtractor {
  const { width } = model.features;
  return {
    ...model.features,
    async of(images) {
      const rows: Float32Array[] = [];
      for (let from = 0; from < images.length; from += maxBatch) {
        if (from > 0) await new Promise((resolve) => setImmediate(resolve));
        const batch = images.slice(from, from + maxBatch);
        const { features } = model.run(batch, true);
        batch.forEach((_, n) => {
          rows.push(features!.slice(n * width, (n + 1) * width));
        });
      }
      return rows;
    },
  };
}

function bestOf(classes: readonly string[], row: Float32Array) {
  const probabilities = classes.map((label, k) => ({ label, p: row[k]! })).sort((a, b) => b.p - a.p);
  const best = probabilities[0]!;
  return { label: best.label, confidence: best.p, probabilities };
}
