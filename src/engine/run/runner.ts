import type { DataCatalog } from "../catalog/catalog.ts";
import type { Node } from "../pipeline/node.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Hooks, RunParams, Skip, Skips } from "./hooks.ts";

/** The arguments of a run. */
export interface RunArguments {
  pipeline: Pipeline;
  catalog: DataCatalog;
  hooks: readonly Hooks[];
  runParams: RunParams;
  /** Nodes to skip; outputs of theirs that other nodes need must be in the catalog. None by default. */
  skips?: Skips;
  /** Called before each other node starts; returns why it can be skipped after all, or null. */
  skipNow?(node: Node): Promise<Skip | null>;
  /** After a failure, continues with every node that does not depend on the failed one; `run` still throws at the end. */
  continueOnError?: boolean;
  /** Cancels the run when aborted. */
  signal?: AbortSignal;
}

/** Executes the nodes of a pipeline, in sequence or in parallel. */
export interface Runner {
  /**
   * Runs the nodes; loads inputs and saves outputs through the catalog, each as soon as its node is done.
   * @returns outputs that no node read and the catalog does not name, by dataset name; without those of skipped nodes.
   * @throws PipelineError naming each failed node, with the original error as `cause` (an AggregateError of several);
   *   RunCancelledError after an abort.
   */
  run(args: RunArguments): Promise<Record<string, unknown>>;
}
