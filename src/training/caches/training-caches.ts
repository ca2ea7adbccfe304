import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { Checkpoint, Checkpoints } from "../fit/checkpoint.ts";
import { type FeatureStore, featureSpace } from "./feature-store.ts";
import type { KnownFeatures } from "./features.ts";

/** What trainings keep outside of themselves. Results are the same bits with it and without. */
export interface TrainingMemory {
  /** Null computes everything anew. */
  features: FeatureStore | null;
  /** Null cannot go on with a training that was ended. */
  checkpoints: Checkpoints | null;
  /** Stands for the code that computes: with another, nothing is known. */
  numerics: string;
}

export const NO_MEMORY: TrainingMemory = { features: null, checkpoints: null, numerics: "" };

/** What is known of the first `cut` layers of a model; null when nothing is kept, or there are none. */
export function knownFeatures(
  { features, numerics }: TrainingMemory,
  artifacts: ModelArtifacts,
  cut: number,
): KnownFeatures | null {
  if (features === null || cut === 0) return null;
  return { store: features, space: featureSpace(artifacts, cut, numerics) };
}

export function checkpointOf({ checkpoints }: TrainingMemory, key: () => string): Checkpoint | null {
  return checkpoints === null ? null : checkpoints.of(key());
}
