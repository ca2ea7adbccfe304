import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import type { Dataset } from "../../../src/engine/catalog/dataset.ts";
import { MemoryDataset } from "../../../src/engine/catalog/memory-dataset.ts";
import type { Pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import type { RunArguments, Runner } from "../../../src/engine/run/runner.ts";

/** Content that outlives a run, by dataset name: what files would be. */
export type Shelf = Map<string, unknown>;

/** A dataset of the shelf; its fingerprint is its content as text. */
function shelved(shelf: Shelf, name: string): Dataset {
  return {
    load: async () => shelf.get(name),
    save: async (value) => void shelf.set(name, value),
    exists: async () => shelf.has(name),
    describe: () => ({ type: "shelved" }),
    fingerprint: async () => (shelf.has(name) ? JSON.stringify(shelf.get(name)) : null),
  };
}

/**
 * @param kept names of datasets that outlive a run, in `shelf`; all others are held in memory.
 */
export function catalogOf(
  kept: readonly string[],
  shelf: Shelf = new Map(),
  parameters: Record<string, unknown> = {},
): DataCatalog {
  return new DataCatalog({
    config: Object.fromEntries(kept.map((name) => [name, { type: "shelved" }])),
    factories: { memory: () => new MemoryDataset(), shelved: (name) => shelved(shelf, name) },
    parameters,
  });
}

/** Runs a pipeline under the name "test". */
export function runOn(
  runner: Runner,
  pipeline: Pipeline,
  catalog: DataCatalog,
  more: Partial<RunArguments> = {},
): Promise<Record<string, unknown>> {
  const runParams = { runId: "run-1", pipeline: "test", env: null, parameters: {}, seed: 1 };
  return runner.run({ pipeline, catalog, hooks: [], runParams, ...more });
}
