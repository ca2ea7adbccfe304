import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import type { Training } from "../training/training.ts";

/*
 * The exports of `import { … } from "tegaki"` in the files of a project: the functions and classes that the built-in
 * pipelines use. Everything exported here is public; `tegaki.d.ts` is generated from it.
 */

export type { ImageSet } from "../domain/image-set.ts";
export type { EvaluationReport } from "../domain/metrics.ts";
export type { ModelArtifacts } from "../domain/model-artifacts.ts";
export type { AppData } from "../domain/samples/app-data.ts";
export { PipelineError } from "../engine/errors.ts";
export type { ModularOptions, NameMapping } from "../engine/pipeline/modular.ts";
export { Node, node } from "../engine/pipeline/node.ts";
export type { NodeContext, NodeFunction, NodeSpec } from "../engine/pipeline/node-spec.ts";
export { Pipeline, type PipelineFilter, pipeline } from "../engine/pipeline/pipeline.ts";
export { InputError } from "../lib/errors.ts";
export { createRandom, type Random } from "../lib/random.ts";
export type { MnistData } from "../pipelines/de/nodes.ts";
export type { Training } from "../training/training.ts";

/**
 * The argument of `createPipeline` in a `src/pipelines/<name>/pipeline.ts`.
 *
 * @example
 * ```ts
 * import { type AppData, type BuiltIn, node, pipeline } from "tegaki";
 *
 * export function createPipeline({ pipelines }: BuiltIn) {
 *   const count = ({ train, holdout }: AppData) => train.labels.length + holdout.labels.length;
 *   const counting = node({ name: "count_drawings", func: count, inputs: "app_data", outputs: "drawings" });
 *   return pipelines.de!.plus(pipeline([counting]));
 * }
 * ```
 */
export interface BuiltIn {
  /** tegaki's built-in pipelines by name, to reuse their nodes: `pipelines.de.plus(…)`. */
  pipelines: Readonly<Record<string, Pipeline>>;
  /** Trains, fine-tunes and evaluates models; pass it to nodes that do so. */
  training: Training;
}

/**
 * The function that a `src/pipelines/<name>/pipeline.ts` exports as `createPipeline`.
 *
 * @example
 * ```ts
 * import { type CreatePipeline, node, pipeline } from "tegaki";
 *
 * export const createPipeline: CreatePipeline = () =>
 *   pipeline([
 *     node({ name: "double", func: (n: number) => 2 * n, inputs: "params:n", outputs: "twice_n" }),
 *   ]);
 * ```
 */
export type CreatePipeline = (builtIn: BuiltIn) => Pipeline | Promise<Pipeline>;
