import type { GraphEdge, GraphElement, GraphGroup, GraphPicture } from "./elements.ts";
import { orderLayers } from "./layers.ts";
import { lineageOf, neighbours } from "./lineage.ts";
import { collapsedAround, commonNamespace, namespacePath } from "./namespaces.ts";
import type { GraphNode, PipelineGraph } from "./pipeline-graph.ts";
import type { FilterKind, GraphQuery } from "./query.ts";
import { shorten } from "./sizes.ts";

type PictureQuery = Pick<
  GraphQuery,
  "pipeline" | "tags" | "kinds" | "hasLayers" | "hidden" | "focus" | "reach" | "expanded"
>;

/**
 * The elements and edges of a pipeline that a query leaves. Where something between two elements is hidden, an
 * edge connects them directly.
 */
export function pictureOf(graph: PipelineGraph, query: PictureQuery): GraphPicture {
  const whole = wholePicture(graph, query);
  const kinds: readonly string[] = query.kinds;
  const hidden = new Set(query.hidden);
  const isShown = ({ key, kind }: GraphElement) =>
    (kind === "namespace" || kinds.includes(kind)) && !hidden.has(key);
  let elements = whole.elements.filter(isShown);
  let edges = bridged(new Set(elements.map(({ id }) => id)), whole.edges);
  const focused = elements.filter(({ key }) => key === query.focus);
  if (focused.length > 0) {
    const own = focused.map(({ id }) => id);
    const { up, down } = lineageOf(own, edges);
    const near = new Set([
      ...own,
      ...(query.reach === "down" ? [] : up),
      ...(query.reach === "up" ? [] : down),
    ]);
    const isNear = (id: string) => near.has(id);
    elements = elements.filter(({ id }) => isNear(id));
    edges = edges.filter(({ from, to }) => isNear(from) && isNear(to));
  }
  const names = new Set(elements.flatMap(({ group }) => namespacePath(group)));
  const groups = [...names]
    .sort()
    .map((name): GraphGroup => ({ name, parent: namespacePath(name).at(-2) ?? null }));
  return { elements, edges, groups, layers: query.hasLayers ? orderLayers(elements, edges) : [] };
}

/** The nodes of a pipeline with one of the query's tags; all without tags. */
export function nodesOf(graph: PipelineGraph, { pipeline, tags }: Pick<GraphQuery, "pipeline" | "tags">) {
  const nodes = graph.pipelines.find(({ name }) => name === pipeline)?.nodes ?? [];
  return tags.length === 0 ? nodes : nodes.filter((node) => tags.some((tag) => node.tags.includes(tag)));
}

/** The kind of a node's input or output, by its name. */
export function kindOf(name: string): FilterKind {
  return name === "parameters" || name.startsWith("params:") ? "parameter" : "dataset";
}

function wholePicture(graph: PipelineGraph, query: PictureQuery): Pick<GraphPicture, "elements" | "edges"> {
  const nodes = nodesOf(graph, query);
  const expanded = new Set(query.expanded);
  const elements = new Map<string, GraphElement & { nodes: string[] }>();
  const edges = new Map<string, GraphEdge>();
  const connect = (from: string, to: string) => {
    if (from !== to) edges.set(JSON.stringify([from, to]), { from, to });
  };
  const homes = homesOf(nodes);
  const elementOf = (node: GraphNode) =>
    nodeElement(node, collapsedAround(node.namespace, expanded), elements);
  const dataOf = (name: string, node: string): string | null => {
    const home = homes.get(name) ?? null;
    if (collapsedAround(home, expanded) !== null) return null;
    const key = `${kindOf(name)}:${name}`;
    // Long lines from a single `seed` to everything would hide all others.
    const id = kindOf(name) === "parameter" ? `${key}@${node}` : key;
    if (!elements.has(id)) elements.set(id, { ...dataElement(graph, key, name, home), id });
    return id;
  };
  for (const node of nodes) {
    const id = elementOf(node);
    for (const input of node.inputs.map((name) => dataOf(name, id))) if (input !== null) connect(input, id);
    for (const output of node.outputs.map((name) => dataOf(name, id)))
      if (output !== null) connect(id, output);
  }
  return { elements: [...elements.values()], edges: [...edges.values()] };
}

/**
 * The namespace that a dataset is internal to: written and read nowhere else. For a parameter, read nowhere else.
 * Datasets that enter or leave a namespace remain visible when it is collapsed.
 */
function homesOf(nodes: readonly GraphNode[]): Map<string, string | null> {
  const homes = new Map<string, string | null>();
  const made = new Set(nodes.flatMap((node) => node.outputs));
  const read = new Set(nodes.flatMap((node) => node.inputs));
  for (const node of nodes) {
    for (const name of [...node.inputs, ...node.outputs]) {
      const isInner = kindOf(name) === "parameter" || (made.has(name) && read.has(name));
      const known = homes.get(name);
      const home = known === undefined ? node.namespace : commonNamespace(known, node.namespace);
      homes.set(name, isInner ? home : null);
    }
  }
  return homes;
}

/** Adds the node, or the collapsed namespace that represents it. @returns its id. */
function nodeElement(
  node: GraphNode,
  collapsed: string | null,
  elements: Map<string, GraphElement & { nodes: string[] }>,
): string {
  const kind = collapsed === null ? "node" : "namespace";
  const name = collapsed ?? node.name;
  const id = `${kind}:${name}`;
  const known = elements.get(id);
  if (known !== undefined) {
    known.nodes.push(node.name);
    return id;
  }
  const around = collapsed === null ? node.namespace : (namespacePath(collapsed).at(-2) ?? null);
  elements.set(id, {
    id,
    key: id,
    kind,
    name,
    label: shorten(within(name, around)),
    layer: null,
    type: null,
    group: around,
    nodes: [node.name],
  });
  return id;
}

function dataElement(
  graph: PipelineGraph,
  key: string,
  name: string,
  home: string | null,
): Omit<GraphElement, "id"> & { nodes: string[] } {
  const kind = kindOf(name);
  const described = Object.hasOwn(graph.datasets, name) ? graph.datasets[name]! : null;
  return {
    key,
    kind,
    name,
    label: shorten(within(name.replace(/^params:/, ""), home)),
    layer: described?.layer ?? null,
    type: described?.type ?? null,
    group: home,
    nodes: [],
  };
}

function within(name: string, namespace: string | null): string {
  return namespace !== null && name.startsWith(`${namespace}.`) ? name.slice(namespace.length + 1) : name;
}

/** Edges between shown elements, directly through hidden ones. */
function bridged(shown: ReadonlySet<string>, edges: readonly GraphEdge[]): GraphEdge[] {
  const next = neighbours(edges, "from", "to");
  const found: GraphEdge[] = [];
  for (const from of shown) {
    const seen = new Set(next.get(from));
    for (const to of seen) {
      if (shown.has(to)) {
        if (to !== from) found.push({ from, to });
      } else for (const beyond of next.get(to) ?? []) seen.add(beyond);
    }
  }
  return found;
}
