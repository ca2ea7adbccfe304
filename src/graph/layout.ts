import { Graph, type GraphLabel, layout as runDagre } from "@dagrejs/dagre";
import type { Box } from "./box.ts";
import { edgePath, type Point } from "./edge-path.ts";
import type { GraphEdge, GraphElement, GraphPicture } from "./elements.ts";
import { neighbours, reachable } from "./lineage.ts";
import { rankRows } from "./ranks.ts";
import { sizeOf } from "./sizes.ts";
import { type Stack, stackParameters } from "./stacks.ts";

/** Positions of everything on a picture, in CSS pixels at zoom 1. */
export interface GraphLayout {
  width: number;
  height: number;
  elements: readonly (GraphElement & Box)[];
  edges: readonly (GraphEdge & { line: string; head: string })[];
  groups: readonly (Box & { name: string })[];
  /** From top to bottom, without gaps. */
  bands: readonly { layer: string; y: number; height: number }[];
}

const ROW_GAP = 40;
const COLUMN_GAP = 26;
const EDGE_GAP = 14;
/** Margin on the left for the names of layers. */
const MARGIN_LEFT = 112;
const MARGIN = 44;

/** Far above the picture. */
const NOWHERE = -1e6;

type DagreGraph = Graph<
  GraphLabel,
  Partial<Box> & { rank?: number },
  { points?: Point[]; minlen?: number; nestingEdge?: boolean }
>;

/** Lays a picture out: rows follow the data flow, layers are bands, edges rarely cross (dagre, Gansner et al. 1993). */
export function layOut(picture: GraphPicture): GraphLayout {
  if (picture.elements.length === 0) {
    return { width: 2 * MARGIN, height: 2 * MARGIN, elements: [], edges: [], groups: [], bands: [] };
  }
  const stacks = stackParameters(picture);
  const graph = toDagre(picture, stacks);
  runDagre(graph);
  const left = picture.layers.length === 0 ? MARGIN : MARGIN_LEFT;
  const place = (id: string): Box => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Box>;
    return { x: left + x - width / 2, y: MARGIN + y - height / 2, width, height };
  };
  const placed = (id: string) => {
    const stack = stacks.get(id);
    return stack === undefined ? place(id) : within(place(stack.id), stack.boxes.get(id)!);
  };
  const elements = picture.elements.map((element) => ({ ...element, ...placed(element.id) }));
  const boxes = new Map(elements.map((element) => [element.id, element]));
  const { width = 0, height = 0 } = graph.graph();
  const size = { width: left + width + MARGIN, height: 2 * MARGIN + height };
  return {
    ...size,
    elements,
    edges: picture.edges.map((edge) => {
      const stack = stacks.get(edge.from);
      const points = (graph.edge(stack?.id ?? edge.from, edge.to)?.points ?? []).map(({ x, y }) => ({
        x: x + left,
        y: y + MARGIN,
      }));
      const from = stack === undefined ? boxes.get(edge.from)! : place(stack.id);
      return { ...edge, ...edgePath(docked(points, from, boxes.get(edge.to)!)) };
    }),
    groups: picture.groups.map(({ name }) => ({ name, ...place(groupId(name)) })),
    bands: bandsOf(elements, layerIndices(picture), picture.layers, size.height),
  };
}

function toDagre(picture: GraphPicture, stacks: ReadonlyMap<string, Stack>): DagreGraph {
  const { elements, edges, groups } = picture;
  const graph: DagreGraph = new Graph({ compound: groups.length > 0 });
  const layerOf = new Map(
    [...layerIndices(picture)].map(([id, index]) => [stacks.get(id)?.id ?? id, index] as const),
  );
  graph.setGraph({
    rankdir: "TB",
    // dagre leaves every second row for labels of edges, of which there are none; the ranker compensates for that.
    ranksep: 2 * ROW_GAP,
    nodesep: COLUMN_GAP,
    edgesep: EDGE_GAP,
    // dagre accepts a function here, although its types allow only the names of its own rankers.
    ranker: ((ranked: DagreGraph) => assignRows(ranked, layerOf)) as unknown as "longest-path",
  });
  for (const { name } of groups) graph.setNode(groupId(name), {});
  for (const { name, parent } of groups) if (parent !== null) graph.setParent(groupId(name), groupId(parent));
  for (const element of elements) {
    const stack = stacks.get(element.id);
    const id = stack?.id ?? element.id;
    const { width, height } = stack ?? sizeOf(element);
    graph.setNode(id, { width, height });
    if (element.group !== null) graph.setParent(id, groupId(element.group));
  }
  for (const { from, to } of edges) graph.setEdge(stacks.get(from)?.id ?? from, to, {});
  return graph;
}

/**
 * Replaces dagre's own ranking, on a graph without cycles. dagre has connected all nodes to one root and put borders
 * around namespaces: with those, a row of the picture is `nodeRankFactor` ranks.
 */
function assignRows(graph: DagreGraph, indices: ReadonlyMap<string, number>): void {
  const { nestingRoot, nodeRankFactor } = graph.graph() as { nestingRoot?: string; nodeRankFactor?: number };
  const edges = graph.edges().map((edge) => {
    const { minlen = 1, nestingEdge = false } = graph.edge(edge);
    const isOurs = edge.v !== nestingRoot && !nestingEdge;
    return { from: edge.v, to: edge.w, length: isOurs ? minlen / 2 : minlen, isSeen: edge.v !== nestingRoot };
  });
  // dagre assumes that every edge crosses a row for its label and has a point there; `docked` drops this one.
  for (const edge of graph.edges()) graph.edge(edge).points ??= [{ x: 0, y: NOWHERE }];
  const rows = rankRows(graph.nodes(), edges, { indices, gap: nodeRankFactor ?? 1 });
  for (const [id, rank] of rows) graph.node(id).rank = rank;
}

function within(outer: Box, inner: Box): Box {
  return { ...inner, x: outer.x + inner.x, y: outer.y + inner.y };
}

function groupId(name: string): string {
  return `group:${name}`;
}

/** dagre ends edges where they point at a box's centre; here they leave at the bottom and arrive at the top. */
function docked(points: readonly Point[], from: Box, to: Box): Point[] {
  const inner = points.slice(1, -1);
  const start = { x: from.x + from.width / 2, y: from.y + from.height };
  const end = { x: to.x + to.width / 2, y: to.y };
  return [start, ...inner.filter(({ y }) => y > start.y && y < end.y), end];
}

/**
 * The index of each element's layer. An element without a layer is in the last layer that flows into it, or in none
 * if no element with a layer flows into it.
 */
function layerIndices({ elements, edges, layers }: GraphPicture): Map<string, number> {
  const indices = new Map<string, number>();
  const next = neighbours(edges, "from", "to");
  for (const [index, layer] of layers.entries()) {
    for (const { id } of elements.filter((element) => element.layer === layer)) {
      indices.set(id, index);
      for (const other of reachable(id, next)) indices.set(other, index);
    }
  }
  for (const { id, layer } of elements) {
    if (layer !== null && layers.length > 0) indices.set(id, layers.indexOf(layer));
  }
  // A parameter is in the layer of the node that reads it.
  for (const { from, to } of edges) {
    const index = indices.get(to);
    if (index !== undefined && !indices.has(from) && from.startsWith("parameter:")) indices.set(from, index);
  }
  return indices;
}

/** A band starts above the first element of its layer and ends where the next one starts. */
function bandsOf(
  elements: readonly (GraphElement & Box)[],
  indices: ReadonlyMap<string, number>,
  layers: readonly string[],
  height: number,
): GraphLayout["bands"] {
  const tops = layers.map((_, index) => {
    const ys = elements.filter(({ id }) => indices.get(id) === index).map(({ y }) => y);
    return Math.min(...ys) - ROW_GAP / 2;
  });
  return layers.map((layer, i) => {
    const y = i === 0 ? 0 : tops[i]!;
    return { layer, y, height: (i === layers.length - 1 ? height : tops[i + 1]!) - y };
  });
}
