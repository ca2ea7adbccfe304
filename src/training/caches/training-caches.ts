import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { Checkpoint, Checkpoints } from "../fit/checkpoint.ts";
import { type FeatureStore, featureSpace } from "./feature-store.ts";
import type { KnownFeatures } from "./features.ts";

/** Caches that training runs share. Results are bit-identical with and without them. */
export interface TrainingCaches {
  /** Null computes all features again. */
  features: FeatureStore | null;
  /** Null keeps no checkpoints, so an interrupted training run cannot be resumed. */
  checkpoints: Checkpoints | null;
  /** Fingerprint of the code that computes; after a change, no cached value is used. */
  numerics: string;
}

/** No caches: everything is computed, and nothing can be resumed. */
export const NO_CACHES: TrainingCaches = { features: null, checkpoints: null, numerics: "" };

/** The cached outputs of a model's first `cut` layers; null without a feature cache, or when `cut` is 0. */
export function knownFeatures(
  { features, numerics }: TrainingCaches,
  artifacts: ModelArtifacts,
  cut: number,
): KnownFeatures | null {
  if (features === null || cut === 0) return null;
  return { store: features, space: featureSpace(artifacts, cut, numerics) };
}

/** The checkpoint of one training run; null when none are kept, and `key` is then not called. */
export function checkpointOf({ checkpoints }: TrainingCaches, key: () => string): Checkpoint | null {
  return checkpoints === null ? null : checkpoints.of(key());
}
