import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { EpochRecord, TrainProgress } from "../../domain/runs/training-progress.ts";

/** How the caller of a training follows and stops it. */
export interface TrainControl {
  signal: AbortSignal;
  onProgress(progress: TrainProgress): void;
  /** Called at most once, before the first step: the epochs up to this one were done by an earlier run. */
  onResumed?(epoch: number): void;
}

/** A trained model and the record of its training. */
export interface TrainResult {
  model: ModelArtifacts;
  history: EpochRecord[];
  /** The epoch whose weights were kept. */
  bestEpoch: number;
}
