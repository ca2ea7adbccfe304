import type { ParameterField } from "../domain/runs/parameter-field.ts";
import { CatalogEntries, layerOf } from "../engine/catalog/catalog-entries.ts";
import type { DatasetConfig } from "../engine/catalog/dataset.ts";
import type { Node } from "../engine/pipeline/node.ts";
import type { NodeSource } from "../engine/pipeline/node-source.ts";
import { hasParameter, isParameter, readParameter } from "../engine/pipeline/parameters.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { plainName } from "../engine/pipeline/plain-name.ts";
import { datasetOf } from "../engine/pipeline/transcoding.ts";
import type { GraphDataset, GraphNode, GraphParameter, PipelineGraph } from "./pipeline-graph.ts";

/** The source of a node's function by the node's name, as found by the build; only for built-in pipelines. */
type BuiltInSources = Readonly<Record<string, NodeSource>>;

/** The inputs of `describeGraph`. */
export interface GraphParts {
  /** Pipelines by name, in the order in which they are shown. */
  pipelines: Readonly<Record<string, Pipeline>>;
  /** The files of the project's own pipelines, by name; the others are built in. */
  files: Readonly<Record<string, string>>;
  catalog: Readonly<Record<string, DatasetConfig>>;
  /** All parameters that nodes may read. */
  parameters: Readonly<Record<string, unknown>>;
  /** The parameters that `--params` may change. */
  settable: Readonly<Record<string, unknown>>;
  /** The kinds and limits of those, by their names with dots. */
  fields?: Readonly<Record<string, ParameterField>>;
  builtInSources: BuiltInSources;
  /** Sources found in the project's own files, by pipeline and node. */
  ownSources?: Readonly<Record<string, Readonly<Record<string, NodeSource>>>>;
}

/** Describes all pipelines of a project as data for the graph. Opens no dataset. */
export function describeGraph(parts: GraphParts): PipelineGraph {
  const { files, parameters: values, settable, builtInSources, ownSources = {} } = parts;
  const pipelines = Object.entries(parts.pipelines).map(([name, { nodes }]) => {
    const file = Object.hasOwn(files, name) ? files[name]! : null;
    const written = Object.hasOwn(ownSources, name) ? ownSources[name]! : {};
    const source = (node: Node) =>
      Object.hasOwn(written, node.name) ? written[node.name]! : sourceOf(node, file, builtInSources);
    return { name, nodes: nodes.map((node) => describeNode(node, source(node))) };
  });
  const names = new Set(Object.values(parts.pipelines).flatMap((pipeline) => pipeline.datasets()));
  const entries = new CatalogEntries(parts.catalog);
  // Without a prototype: a dataset may be called "__proto__".
  const datasets: Record<string, GraphDataset> = Object.create(null);
  const parameters: Record<string, GraphParameter> = Object.create(null);
  for (const name of names) {
    if (isParameter(name)) {
      if (hasParameter(values, name)) {
        parameters[name] = { value: readParameter(values, name), isSettable: hasParameter(settable, name) };
      }
      continue;
    }
    const entry = entries.ofDataset(datasetOf(name)) ?? entries.resolve(name);
    if (entry !== null) datasets[datasetOf(name)] ??= describeDataset(entry.config);
  }
  return { pipelines, datasets, parameters, ...(parts.fields === undefined ? {} : { fields: parts.fields }) };
}

/** All forms of a dataset are one element, as in Kedro-Viz, which connects its readers with the node that outputs it. */
function describeNode(node: Node, source: NodeSource | null): GraphNode {
  const { name, namespace, tags } = node;
  const inputs = [...new Set(node.inputs.map(datasetOf))];
  return { name, namespace, inputs, outputs: node.outputs.map(datasetOf), tags: [...tags], source };
}

/**
 * Finds a node's source. A project's pipeline may use built-in nodes, whose functions are minified in the executable:
 * for those, it is what the build found. Any other function provides its own text if the project's files do not show it.
 *
 * @param file of the project's own pipeline; null for a built-in one.
 */
function sourceOf(node: Node, file: string | null, sources: BuiltInSources): NodeSource | null {
  const plain = plainName(node);
  const builtIn = Object.hasOwn(sources, plain) ? sources[plain]! : null;
  if (file === null) return builtIn;
  const code = node.func.toString();
  return code.includes("[native code]") ? builtIn : { file, line: null, code };
}

function describeDataset(config: DatasetConfig): GraphDataset {
  const { type, filepath, versioned } = config;
  return { type, layer: layerOf(config), location: filepath ?? null, isVersioned: versioned === true };
}
