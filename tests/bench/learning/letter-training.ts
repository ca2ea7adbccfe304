import { join } from "node:path";
import { loadConfig } from "../../../src/config/load.ts";
import { DATASET_TYPES } from "../../../src/datasets/options.ts";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import type { NodeContext } from "../../../src/engine/pipeline/node-spec.ts";
import { trainFirst } from "../../../src/pipelines/first/nodes.ts";
import { fineTune } from "../../../src/pipelines/ft/nodes.ts";
import type { Training } from "../../../src/training/training.ts";
import { type LetterDrawing, letterSet } from "./letter-drawings.ts";

const CONF = join(import.meta.dir, "../../../conf/base");
const NAMES = ["catalog.yml", "parameters.yml", "server.yml"];
const context = {
  signal: new AbortController().signal,
  progress: () => {},
  log: () => {},
} as never as NodeContext;

/** The training of first models and of added classes, by the nodes of the pipelines with their default parameters. */
export interface LetterTraining {
  first(
    drawings: readonly LetterDrawing[],
    classes: readonly string[],
    seed: number,
  ): Promise<ModelArtifacts>;
  /** Trains a model again on all drawings, also those of a class that it does not know. */
  add(
    model: ModelArtifacts,
    drawings: readonly LetterDrawing[],
    classes: readonly string[],
    seed: number,
  ): Promise<ModelArtifacts>;
}

/** @param overrides values for parameters.yml. */
export async function letterTraining(
  training: Training,
  overrides: Record<string, unknown>,
): Promise<LetterTraining> {
  const texts = NAMES.map(async (name) => [name, await Bun.file(join(CONF, name)).text()] as const);
  const base = Object.fromEntries(await Promise.all(texts));
  const loaded = await loadConfig({ base, dir: CONF, environ: {}, datasetTypes: DATASET_TYPES });
  const params: Record<string, unknown> = { ...loaded.parameters, ...overrides };
  const common = (drawings: readonly LetterDrawing[], classes: readonly string[], seed: number) => {
    const { labels, ...app_x } = letterSet(drawings, classes);
    const writers = [...new Set(drawings.map(({ writer }) => writer))];
    const app_groups = Uint32Array.from(drawings, ({ writer }) => writers.indexOf(writer));
    return { ...params, classes, seed, app_x, app_y: labels, app_groups };
  };
  return {
    async first(drawings, classes, seed) {
      const inputs = { ...common(drawings, classes, seed), train: letterSet([], classes) };
      return (await trainFirst(training)(inputs as never, context)).pre_model;
    },
    async add(model, drawings, classes, seed) {
      const inputs = {
        ...common(drawings, classes, seed),
        model,
        learning_rate: params.tuning_learning_rate,
        app_negatives: letterSet([], classes),
        validation_split: params.tuning_validation_split,
        replay: letterSet([], classes),
        new_classes: params.first,
      };
      return (await fineTune(training)(inputs as never, context)).tune_model;
    },
  };
}
