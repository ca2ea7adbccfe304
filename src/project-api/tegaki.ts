import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import type { Training } from "../training/training.ts";

/*
 * What `import { … } from "tegaki"` gives to the files of a project: the very functions and classes that the
 * built-in pipelines are made with. What is named here is public; `tegaki.d.ts` is made from it.
 */

export type { ImageSet } from "../domain/image-set.ts";
export type { EvaluationReport } from "../domain/metrics.ts";
export type { ModelArtifacts } from "../domain/model-artifacts.ts";
export { PipelineError } from "../engine/errors.ts";
export type { ModularOptions, NameMapping } from "../engine/pipeline/modular.ts";
export { Node, node } from "../engine/pipeline/node.ts";
export type { NodeContext, NodeFunction, NodeSpec } from "../engine/pipeline/node-spec.ts";
export { Pipeline, type PipelineFilter, pipeline } from "../engine/pipeline/pipeline.ts";
export { InputError } from "../lib/errors.ts";
export { createRandom, type Random } from "../lib/random.ts";
export type { AppData } from "../pipelines/de/app-data.ts";
export type { MnistData } from "../pipelines/de/nodes.ts";
export type { Training } from "../training/training.ts";

/** What `createPipeline` of a `src/pipelines/<name>/pipeline.ts` is called with. */
export interface BuiltIn {
  /** The pipelines that come with tegaki, by name, to take nodes from: `pipelines.de.plus(…)`. */
  pipelines: Readonly<Record<string, Pipeline>>;
  /** Trains, fine-tunes and evaluates models: to be handed to nodes that do. */
  training: Training;
}

/** The function that a `src/pipelines/<name>/pipeline.ts` exports under the name `createPipeline`. */
export type CreatePipeline = (builtIn: BuiltIn) => Pipeline | Promise<Pipeline>;
