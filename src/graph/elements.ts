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
