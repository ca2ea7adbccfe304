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

export type ElementKind = "node" | "dataset" | "parameter" | "namespace";

/** One thing on the picture. */
export interface GraphElement {
  /** Unique on a picture. */
  id: string;
  /** `kind:name`: what addresses name. A parameter is drawn beside each of its readers, under one key. */
  key: string;
  kind: ElementKind;
  name: string;
  /** Without the namespaces around it, shortened to fit. */
  label: string;
  layer: string | null;
  /** A dataset of this type; null for what is held in memory, and for all that is no dataset. */
  type: string | null;
  /** The expanded namespace that it is drawn in. */
  group: string | null;
  /** Names of the nodes that it stands for: one for a node, all within for a collapsed namespace. */
  nodes: readonly string[];
}

export interface GraphEdge {
  from: string;
  to: string;
}

/** A namespace whose content is shown. */
export interface GraphGroup {
  name: string;
  parent: string | null;
}

/** What of a pipeline is on the picture after filters. */
export interface GraphPicture {
  elements: readonly GraphElement[];
  edges: readonly GraphEdge[];
  groups: readonly GraphGroup[];
  /** From the first to the last; empty when nothing has a layer, or when they contradict each other. */
  layers: readonly string[];
}
