import type { NodeSource } from "../engine/pipeline/node-source.ts";

/** What the graph shows, as plain data: made by the composition root from the registry and the catalog. */
export interface PipelineGraph {
  /** In the order of the registry. */
  pipelines: readonly GraphPipeline[];
  /** By name, those that the catalog describes; what it does not is held in memory during a run. */
  datasets: Readonly<Record<string, GraphDataset>>;
  /** By name as nodes read it: `params:a.b`, `parameters`. */
  parameters: Readonly<Record<string, GraphParameter>>;
}

export interface GraphPipeline {
  name: string;
  /** In an order in which they can run. */
  nodes: readonly GraphNode[];
}

export interface GraphNode {
  name: string;
  namespace: string | null;
  inputs: readonly string[];
  outputs: readonly string[];
  tags: readonly string[];
  source: NodeSource | null;
}

export interface GraphDataset {
  type: string;
  /** `metadata.kedro-viz.layer`. */
  layer: string | null;
  /** Where its data is, as the catalog says. */
  location: string | null;
  isVersioned: boolean;
}

export interface GraphParameter {
  value: unknown;
  /** Whether `--params` may change it. */
  isSettable: boolean;
}
