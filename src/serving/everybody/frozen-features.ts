import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import type { ModelRef } from "../prediction.ts";
import { createPredictor, type FeatureExtractor } from "../predictor.ts";

/** Says in an answer that labelled drawings gave it and no model; no version of a model has the number 0. */
export const MEMORY_REF: ModelRef = { name: "memory", version: 0 };

/** A network whose features drawings are compared by. */
export interface FrozenFeatures {
  features: FeatureExtractor;
  close(): Promise<void>;
}

/** Loads a model for its features only. @throws ModelLoadError as a predictor. */
export async function loadFrozenFeatures(artifacts: ModelArtifacts): Promise<FrozenFeatures> {
  const predictor = createPredictor();
  await predictor.swap(MEMORY_REF, artifacts);
  return { features: predictor.features()!, close: () => predictor.close() };
}
