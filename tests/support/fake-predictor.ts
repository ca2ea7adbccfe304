import { UnavailableError } from "../../src/lib/errors.ts";
import { blendedLogits, type MemoryOf } from "../../src/serving/personal/blended-logits.ts";
import type { PersonalPrediction } from "../../src/serving/personal/personal-prediction.ts";
import type { Explanation, ModelRef, Prediction } from "../../src/serving/prediction.ts";
import type { FeatureExtractor, PredictedTogether, Predictor } from "../../src/serving/predictor.ts";

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** The features of an image are its pixels. */
export const PIXEL_FEATURES: FeatureExtractor = {
  space: "pixels",
  width: 784,
  spread: 0.8,
  of: async (images) => images.map((pixels) => Float32Array.from(pixels)),
};

/**
 * Predicts "7" at 0.91 for every drawing, the rest shared evenly; counts its calls. Memory has its part as with a real
 * model.
 */
export class FakePredictor implements Predictor {
  model: ModelRef | null = { name: "digits", version: 1 };
  failure: Error | null = null;
  /** Whether it flags every drawing as an outlier. */
  isOutlier = false;
  readonly seen: Uint8Array[] = [];

  async predict(pixels: Uint8Array): Promise<Prediction> {
    if (this.failure !== null) throw this.failure;
    if (this.model === null) throw new UnavailableError("No model is loaded yet");
    this.seen.push(pixels);
    const others = CLASSES.filter((label) => label !== "7").map((label) => ({ label, p: 0.01 }));
    const probabilities = [{ label: "7", p: 0.91 }, ...others];
    const { isOutlier, model } = this;
    return {
      label: "7",
      confidence: 0.91,
      probabilities,
      outlierScore: isOutlier ? -1 : -9,
      isOutlier,
      model,
    };
  }

  async predictFor(pixels: Uint8Array, memoryOf: MemoryOf): Promise<PersonalPrediction> {
    const prediction = await this.predict(pixels);
    const memory = memoryOf(PIXEL_FEATURES.space);
    if (memory === null) return { prediction, shown: prediction, personal: null };
    const logits = Float32Array.from(CLASSES, (label) => Math.log(label === "7" ? 0.91 : 0.01));
    const model = { classes: CLASSES, temperature: 1, features: PIXEL_FEATURES };
    const { blended, spoke } = blendedLogits(model, memory, logits, Float32Array.from(pixels));
    if (spoke.length === 0) {
      return {
        ...{ prediction, shown: prediction },
        personal: { used: false, n: memory.size, changedFrom: null, spoke },
      };
    }
    const label = CLASSES[blended.indexOf(Math.max(...blended))]!;
    const shown = { ...prediction, label, confidence: 0.99 };
    const changedFrom = label === prediction.label ? null : prediction.label;
    const used = spoke.some((one) => one.label === label);
    return { prediction, shown, personal: { used, n: memory.size, changedFrom, spoke } };
  }

  async predictAll(images: readonly Uint8Array[]): Promise<PredictedTogether> {
    const model = this.current();
    if (model === null) throw new UnavailableError("No model is loaded yet");
    const { name, version } = model;
    const predictions = await Promise.all(images.map((pixels) => this.predict(pixels)));
    return { model, predictions: predictions.map((one) => ({ ...one, model: { name, version } })) };
  }

  features(): FeatureExtractor | null {
    return this.model === null ? null : PIXEL_FEATURES;
  }

  beforeSwap(): void {}

  async explain(pixels: Uint8Array): Promise<Explanation> {
    const saliency = Float32Array.from(pixels, (ink, i) => (ink === 0 ? 0 : i < 392 ? 0.5 : -0.25));
    const layers = [
      { name: "conv", rows: 2, cols: 2, count: 1, values: Float32Array.of(0, 1, 2, 4) },
      { name: "dense", rows: 1, cols: 1, count: 2, values: Float32Array.of(3, 0) },
    ];
    return { ...(await this.predict(pixels)), saliency, layers };
  }

  current() {
    return this.model === null ? null : { ...this.model, classes: CLASSES };
  }

  async check(): Promise<void> {}

  async swap(model: ModelRef): Promise<void> {
    this.model = model;
  }

  async close(): Promise<void> {}
}
