import type { Examples } from "../domain/examples.ts";
import type { ImageSet } from "../domain/image-set.ts";
import type { CalibrationReport, EvaluationReport, RejectionReport } from "../domain/metrics.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { RejectionParams } from "./evaluate/calibrate.ts";
import type { FineTuneParams, TrainParams } from "./fit/params.ts";
import type { TrainControl, TrainResult } from "./fit/train-control.ts";

/** A report, with examples behind its metrics. */
export interface Examined {
  report: EvaluationReport;
  examples: Examples;
  /** [N], index of the predicted class of each image. */
  predicted: Uint8Array;
  /** [N], of the predicted class of each image, 0..1. */
  confidence: Float32Array;
}

/** Images as a model sees them. */
export interface Embedded {
  /** float32 [N, width], row-major: the inputs of the model's last layer. */
  features: Float32Array;
  width: number;
  /** float32 [N, K], row-major, calibrated. */
  probabilities: Float32Array;
}

/**
 * The training that pipelines use; tensors are hidden behind it.
 *
 * @example
 * ```ts
 * import type { BuiltIn, ImageSet, ModelArtifacts, NodeContext } from "tegaki";
 * import { node, pipeline } from "tegaki";
 *
 * export function createPipeline({ training }: BuiltIn) {
 *   async function accuracyOf(model: ModelArtifacts, images: ImageSet, { signal }: NodeContext) {
 *     const { accuracy } = await training.evaluate(model, images, signal);
 *     return accuracy;
 *   }
 *   return pipeline([
 *     node({ name: "accuracy_of", func: accuracyOf, inputs: ["model", "images"], outputs: "accuracy" }),
 *   ]);
 * }
 * ```
 */
export interface Training {
  /**
   * @param sets mixed; images labelled `NO_CLASS` in them teach the model to be undecided.
   * @param initial a model to start from, whatever its classes; null or absent starts from scratch.
   */
  train(
    sets: ImageSet | readonly ImageSet[],
    validation: ImageSet | null,
    params: TrainParams,
    control: TrainControl,
    initial?: ModelArtifacts | null,
  ): Promise<TrainResult>;
  fineTune(
    base: ModelArtifacts,
    app: ImageSet,
    replay: ImageSet,
    validation: ImageSet | null,
    params: FineTuneParams,
    control: TrainControl,
  ): Promise<TrainResult>;
  evaluate(model: ModelArtifacts, set: ImageSet, signal?: AbortSignal): Promise<EvaluationReport>;
  /**
   * Like `evaluate`, with examples of the model's mistakes.
   * @param tuned as `tuning_layer`: the outputs of the layers before these are cached for the next model.
   */
  examine(
    model: ModelArtifacts,
    set: ImageSet,
    signal?: AbortSignal,
    tuned?: FineTuneParams["tuning_layer"],
  ): Promise<Examined>;
  /**
   * Returns the model's calibrated probabilities of each image.
   * @param tuned as for `examine`.
   * @returns float32 [N, K], row-major.
   */
  probabilities(
    model: ModelArtifacts,
    set: ImageSet,
    signal?: AbortSignal,
    tuned?: FineTuneParams["tuning_layer"],
  ): Promise<Float32Array>;
  /** Returns the inputs of the model's last layer for each image, by which images can be compared, and its probabilities. */
  embed(model: ModelArtifacts, set: ImageSet, signal?: AbortSignal): Promise<Embedded>;
  /** Measures the median time of one image, alone, in milliseconds. */
  latencyMs(model: ModelArtifacts): Promise<number>;
  /** Returns the same weights with a temperature and an outlier threshold, and the measurements; see `calibrate.ts`. */
  calibrate(
    model: ModelArtifacts,
    validation: ImageSet,
    negatives: ImageSet | null,
    rejection: RejectionParams,
    signal?: AbortSignal,
  ): Promise<{ model: ModelArtifacts; report: CalibrationReport }>;
  /** Measures how well a model tells images of its classes from others; see `rejection.ts`. */
  measureRejection(
    model: ModelArtifacts,
    known: ImageSet,
    unknown: ImageSet,
    signal?: AbortSignal,
  ): Promise<RejectionReport>;
}
