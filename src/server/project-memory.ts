import type { ModelRegistry } from "../model-registry/model-registry.ts";
import { builtinModel } from "../project/model-sources.ts";
import { usualLetters } from "../project/usual-letters.ts";
import { loadFrozenFeatures } from "../serving/everybody/frozen-features.ts";
import { createProjectMemory, type ProjectMemory } from "../serving/everybody/project-memory.ts";
import type { Predictor } from "../serving/predictor.ts";
import { startServingBackend } from "./model-serving.ts";
import type { Served } from "./served.ts";

/**
 * Creates the memory that answers until the project has its first model. It compares drawings by the features of the
 * base model, whose convolutions know strokes, whatever the classes are; where these are letters, also with what they
 * usually look like.
 */
export function createServedProjectMemory(
  { runtime, project, store, log }: Served,
  predictor: Pick<Predictor, "current">,
  registry: Pick<ModelRegistry, "champion">,
): ProjectMemory {
  const { embedded } = runtime;
  let isLoaded = false;
  return createProjectMemory({
    store: store.personal,
    classes: project.config.parameters.classes,
    // Between the promotion of the first model and its first answer, memory still answers.
    isNeeded: async () => predictor.current() === null && (isLoaded || (await registry.champion()) === null),
    async load() {
      if (!embedded.hasModel) return null;
      await startServingBackend(runtime);
      const features = loadFrozenFeatures(await builtinModel(embedded));
      isLoaded = true;
      return features;
    },
    examplesOf: usualLetters,
    log: log.of("memory"),
  });
}
