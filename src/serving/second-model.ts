import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import { type LoadedModel, loadModel } from "./loaded-model.ts";
import { verifyModel } from "./verify.ts";

/** A second model in memory, which answers no requests. */
export interface SecondModel {
  /** The version in memory; null when there is none. */
  version(): number | null;
  /** Loads a version and frees the one before. @throws {ModelLoadError} when it is damaged; none is in memory then. */
  use(version: number, artifacts: ModelArtifacts): void;
  /** Frees the model. */
  drop(): void;
  /** Returns the probabilities of each class for each image; none is computed without a model. */
  probabilities(images: readonly Uint8Array[]): { label: string; p: number }[][];
}

/** Creates the place of a second model on tfjs's current backend, without one. */
export function createSecondModel(): SecondModel {
  let loaded: { version: number; model: LoadedModel } | null = null;
  function drop(): void {
    loaded?.model.dispose();
    loaded = null;
  }
  return {
    version: () => loaded?.version ?? null,
    use(version, artifacts) {
      drop();
      const model = loadModel(artifacts);
      try {
        verifyModel(model);
      } catch (error) {
        model.dispose();
        throw error;
      }
      loaded = { version, model };
    },
    drop,
    probabilities(images) {
      if (loaded === null) return [];
      const { classes } = loaded.model;
      const { probabilities } = loaded.model.classify(images);
      return images.map((_, n) =>
        classes.map((label, k) => ({ label, p: probabilities[n * classes.length + k]! })),
      );
    },
  };
}
