import { didYouMean } from "../../lib/nearest.ts";
import type { CatalogEntries } from "../catalog/catalog-entries.ts";
import type { Node } from "./node.ts";
import { hasParameter, isParameter, missingParameter } from "./parameters.ts";
import type { Pipeline } from "./pipeline.ts";
import { datasetOf, isForm, withDatasets } from "./transcoding.ts";

/** What is known in a project: a name that a node reads or makes is judged by all of it. */
export interface Known {
  /** Every pipeline: one that is only run with another reads and makes what the others do. */
  pipelines: readonly Pipeline[];
  catalog: CatalogEntries;
  parameters: Readonly<Record<string, unknown>>;
}

/**
 * Outputs that no node reads and the catalog does not have, in words: what is in them is gone when the run ends.
 * Kedro says nothing of them, for there a run returns them to the code that called it; a command line returns nothing.
 * It is no error: a node may be run for what it does, and its output looked at by hooks.
 *
 * @param nodes whose outputs are meant.
 */
export function unreadOutputs(nodes: readonly Node[], { pipelines, catalog }: Known): string[] {
  const read = withDatasets(pipelines.flatMap((pipeline) => pipeline.allInputs()));
  const made = madeBy(pipelines);
  const isLost = (name: string) => !read.has(datasetOf(name)) && catalog.resolve(name) === null;
  const wanted = [...read].filter((name) => !isParameter(name) && !made.has(datasetOf(name)));
  return nodes.flatMap((node) =>
    node.outputs
      .filter(isLost)
      .map(
        (name) =>
          `No node reads "${name}", which node "${node.name}" makes, and the catalog does not have it: it is gone when the run ends${didYouMean(name, [...catalog.names(), ...wanted])}`,
      ),
  );
}

/** Parameters that the nodes read and nobody sets, in words. */
export function missingParameters(
  nodes: readonly Node[],
  parameters: Readonly<Record<string, unknown>>,
): string[] {
  return nodes.flatMap((node) =>
    node.inputs
      .filter((name) => isParameter(name) && !hasParameter(parameters, name))
      .map((name) => `Node "${node.name}": ${missingParameter(parameters, name)}`),
  );
}

/** Datasets that nodes read, that none of them makes and that the catalog does not have, in words. */
export function missingDatasets(nodes: readonly Node[], { pipelines, catalog }: Known): string[] {
  const made = madeBy(pipelines);
  const isMissing = (name: string) =>
    !isParameter(name) && (isForm(name) || !made.has(name)) && catalog.resolve(name) === null;
  return nodes.flatMap((node) =>
    node.inputs
      .filter(isMissing)
      .map(
        (name) =>
          `Node "${node.name}": dataset "${name}" is not in the catalog and no node makes it${didYouMean(name, [...catalog.names(), ...made])}`,
      ),
  );
}

function madeBy(pipelines: readonly Pipeline[]): Set<string> {
  return withDatasets(pipelines.flatMap((pipeline) => pipeline.allOutputs()));
}
