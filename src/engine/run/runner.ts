import type { DataCatalog } from "../catalog/catalog.ts";
import type { Node } from "../pipeline/node.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Hooks, RunParams, Skip, Skips } from "./hooks.ts";

export interface RunArguments {
  pipeline: Pipeline;
  catalog: DataCatalog;
  hooks: readonly Hooks[];
  runParams: RunParams;
  /** Nodes to leave out; what the others need of them must be in the catalog. None by default. */
  skips?: Skips;
  /** Asked before each other node begins: why it can be left out after all, or null. */
  skipNow?(node: Node): Promise<Skip | null>;
  /** Goes on with every node that does not need what a failed one should have made; it still throws at the end. */
  continueOnError?: boolean;
  signal?: AbortSignal;
}

export interface Runner {
  /**
   * Runs the nodes; loads inputs and saves outputs through the catalog, each as soon as its node is done.
   * @returns outputs that nothing consumed and the catalog does not name, by dataset name; not those of skipped nodes.
   * @throws PipelineError naming each node that failed, with the original as `cause` (an AggregateError of several);
   *   RunCancelledError after an abort.
   */
  run(args: RunArguments): Promise<Record<string, unknown>>;
}
