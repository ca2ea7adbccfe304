import { didYouMean } from "../../lib/nearest.ts";
import type { CatalogEntries } from "../catalog/catalog-entries.ts";
import type { Node } from "./node.ts";
import { hasParameter, isParameter, missingParameter } from "./parameters.ts";
import type { Pipeline } from "./pipeline.ts";
import { datasetOf, isForm, withDatasets } from "./transcoding.ts";

/** Everything that a project defines, against which the inputs and outputs of its nodes are checked. */
export interface Known {
  /** Every pipeline, because one may read what another one outputs. */
  pipelines: readonly Pipeline[];
  catalog: CatalogEntries;
  parameters: Readonly<Record<string, unknown>>;
}

/**
 * Returns a warning for each output that no node reads and the catalog does not have: it is lost when the run ends.
 * Kedro does not warn, because there a run returns such outputs to its caller; a command line has no such caller.
 * This is not an error: a node may be run for its side effects, and hooks may inspect its output.
 *
 * @param nodes the nodes whose outputs are checked.
 */
export function unreadOutputs(nodes: readonly Node[], { pipelines, catalog }: Known): string[] {
  const read = withDatasets(pipelines.flatMap((pipeline) => pipeline.allInputs()));
  const made = madeBy(pipelines);
  const isLost = (name: string) => !read.has(datasetOf(name)) && catalog.resolve(name) === null;
  const wanted = [...read].filter((name) => !isParameter(name) && !made.has(datasetOf(name)));
  const hint = hints([...catalog.names(), ...wanted]);
  return nodes.flatMap((node) =>
    node.outputs
      .filter(isLost)
      .map(
        (name) =>
          `Output "${name}" of node "${node.name}" is not read by any node and is not in the catalog: it is lost when the run ends${hint(name)}`,
      ),
  );
}

/** Returns a message for each parameter that the nodes read and that is not set. */
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

/** Returns a message for each dataset that a node reads, no node outputs and the catalog does not have. */
export function missingDatasets(nodes: readonly Node[], { pipelines, catalog }: Known): string[] {
  const made = madeBy(pipelines);
  const isMissing = (name: string) =>
    !isParameter(name) && (isForm(name) || !made.has(name)) && catalog.resolve(name) === null;
  const hint = hints([...catalog.names(), ...made]);
  return nodes.flatMap((node) =>
    node.inputs
      .filter(isMissing)
      .map(
        (name) =>
          `Node "${node.name}": dataset "${name}" is not in the catalog and no node outputs it${hint(name)}`,
      ),
  );
}

/** Number of names for which the nearest one is searched: each search compares with every known name. */
const MAX_HINTS = 20;

/** Returns a function that suggests the nearest name, for the first names that it is called with. */
function hints(known: readonly string[]): (name: string) => string {
  let left = MAX_HINTS;
  return (name) => (left-- > 0 ? didYouMean(name, known) : "");
}

function madeBy(pipelines: readonly Pipeline[]): Set<string> {
  return withDatasets(pipelines.flatMap((pipeline) => pipeline.allOutputs()));
}
