import type { Examples } from "../domain/examples.ts";
import type { ImageSet } from "../domain/image-set.ts";
import type { CalibrationReport, EvaluationReport, RejectionReport } from "../domain/metrics.ts";
import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import type { RejectionParams } from "./evaluate/calibrate.ts";
import type { FineTuneParams, TrainParams } from "./fit/params.ts";
import type { TrainControl, TrainResult } from "./fit/train-control.ts";

/** A report, with examples of what stands behind its figures. */
export interface Examined {
  report: EvaluationReport;
  examples: Examples;
}

/** What pipelines need of training; tensors stay behind it. */
export interface Training {
  /** @param sets mixed; images labelled `NO_CLASS` in them teach the model to be undecided. */
  train(
    sets: ImageSet | readonly ImageSet[],
    validation: ImageSet | null,
    params: TrainParams,
    control: TrainControl,
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
  /** As `evaluate`, with examples of what the model got wrong. */
  /** @param tuned as `tuning_layer`: what the layers before these make of the images is kept for the next model. */
  examine(
    model: ModelArtifacts,
    set: ImageSet,
    signal?: AbortSignal,
    tuned?: FineTuneParams["tuning_layer"],
  ): Promise<Examined>;
  /** The same weights with a temperature and a threshold for outliers, and what was measured; see `calibrate.ts`. */
  calibrate(
    model: ModelArtifacts,
    validation: ImageSet,
    negatives: ImageSet | null,
    rejection: RejectionParams,
    signal?: AbortSignal,
  ): Promise<{ model: ModelArtifacts; report: CalibrationReport }>;
  /** How well it tells images of its classes from others; see `rejection.ts`. */
  measureRejection(
    model: ModelArtifacts,
    known: ImageSet,
    unknown: ImageSet,
    signal?: AbortSignal,
  ): Promise<RejectionReport>;
}
