/** Kinds of elements. A namespace is an element only while it is collapsed. */
export type ElementKind = "node" | "dataset" | "parameter" | "namespace";

/** One element of the picture. */
export interface GraphElement {
  /** Unique on a picture. */
  id: string;
  /** `kind:name`: as used in addresses. A parameter is drawn next to each of its readers, under one key. */
  key: string;
  kind: ElementKind;
  name: string;
  /** The name without its namespaces, shortened to fit. */
  label: string;
  layer: string | null;
  /** The type of a dataset; null if it is held in memory, and for all other elements. */
  type: string | null;
  /** The expanded namespace that it is drawn in. */
  group: string | null;
  /** Names of the nodes that it represents: one for a node, all of its nodes for a collapsed namespace. */
  nodes: readonly string[];
}

/** An edge between two elements, by id. */
export interface GraphEdge {
  from: string;
  to: string;
}

/** A namespace whose content is shown. */
export interface GraphGroup {
  name: string;
  parent: string | null;
}

/** The part of a pipeline that the filters leave on the picture. */
export interface GraphPicture {
  elements: readonly GraphElement[];
  edges: readonly GraphEdge[];
  groups: readonly GraphGroup[];
  /** In order; empty when no element has a layer, or when layers contradict each other. */
  layers: readonly string[];
}
