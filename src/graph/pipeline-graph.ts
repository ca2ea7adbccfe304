import type { ParameterField } from "../domain/runs/parameter-field.ts";
import type { NodeSource } from "../engine/pipeline/node-source.ts";

/** The data of the graph, which the composition root collects from the registry and the catalog. */
export interface PipelineGraph {
  /** In the order of the registry. */
  pipelines: readonly GraphPipeline[];
  /** Datasets of the catalog by name; all others are held in memory during a run. */
  datasets: Readonly<Record<string, GraphDataset>>;
  /** Parameters by the name with which nodes read them: `params:a.b`, `parameters`. */
  parameters: Readonly<Record<string, GraphParameter>>;
  /** The kinds and limits of settable parameters, by their names with dots, without `params:`. */
  fields?: Readonly<Record<string, ParameterField>>;
}

/** A pipeline and its nodes. */
interface GraphPipeline {
  name: string;
  /** In a valid order of execution. */
  nodes: readonly GraphNode[];
}

/** A node, with its datasets and parameters by name. */
export interface GraphNode {
  name: string;
  namespace: string | null;
  inputs: readonly string[];
  outputs: readonly string[];
  tags: readonly string[];
  source: NodeSource | null;
}

/** A dataset of the catalog. */
export interface GraphDataset {
  type: string;
  /** `metadata.kedro-viz.layer` of the catalog entry. */
  layer: string | null;
  /** Path or address of its data, as in the catalog. */
  location: string | null;
  isVersioned: boolean;
}

/** A parameter and its value. */
export interface GraphParameter {
  value: unknown;
  /** Whether `--params` may change it. */
  isSettable: boolean;
}
