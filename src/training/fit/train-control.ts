import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { EpochRecord, TrainProgress } from "../../domain/training-progress.ts";

export interface TrainControl {
  signal: AbortSignal;
  onProgress(progress: TrainProgress): void;
  /** Called at most once, before the first step: the epochs up to this one were done by an earlier run. */
  onResumed?(epoch: number): void;
}

export interface TrainResult {
  model: ModelArtifacts;
  history: EpochRecord[];
  /** The epoch whose weights were kept. */
  bestEpoch: number;
}
