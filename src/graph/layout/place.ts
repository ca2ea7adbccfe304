import { Graph, type GraphLabel, layout as runDagre } from "@dagrejs/dagre";
import type { GraphGroup } from "../elements.ts";
import type { Box } from "./box.ts";
import type { Point } from "./edge-path.ts";
import { rankRows } from "./ranks.ts";

/** A box to place. */
export interface Item {
  id: string;
  width: number;
  height: number;
  /** The namespace whose box it is in. */
  group: string | null;
}

/** Boxes and the edges between them, by id, with the flow of data from top to bottom. */
export interface Placing {
  items: readonly Item[];
  edges: readonly { from: string; to: string }[];
  groups: readonly GraphGroup[];
  /** The index of each item's layer. */
  indices: ReadonlyMap<string, number>;
}

/** Where dagre has placed everything. */
export interface Placed {
  width: number;
  height: number;
  boxes: ReadonlyMap<string, Box>;
  /** Boxes of namespaces, by name. */
  groups: ReadonlyMap<string, Box>;
  /** Points of an edge between its ends. */
  bends(from: string, to: string): Point[];
}

/** Space between rows. */
export const ROW_GAP = 40;
const COLUMN_GAP = 26;
const EDGE_GAP = 14;

/** Far above the picture. */
const NOWHERE = -1e6;

type DagreGraph = Graph<
  GraphLabel,
  Partial<Box> & { rank?: number },
  { points?: Point[]; minlen?: number; nestingEdge?: boolean }
>;

/** Places boxes so that rows follow the data flow and edges rarely cross (dagre, Gansner et al. 1993). */
export function place(placing: Placing): Placed {
  const graph = toDagre(placing);
  runDagre(graph);
  const boxOf = (id: string): Box => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Box>;
    return { x: x - width / 2, y: y - height / 2, width, height };
  };
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: new Map(placing.items.map(({ id }) => [id, boxOf(id)])),
    groups: new Map(placing.groups.map(({ name }) => [name, boxOf(groupId(name))])),
    // dagre ends edges where they point at a box's centre; those points are replaced.
    bends: (from, to) => (graph.edge(from, to)?.points ?? []).slice(1, -1),
  };
}

function toDagre({ items, edges, groups, indices }: Placing): DagreGraph {
  const graph: DagreGraph = new Graph({ compound: groups.length > 0 });
  graph.setGraph({
    rankdir: "TB",
    // dagre leaves every second row for labels of edges, of which there are none; the ranker compensates for that.
    ranksep: 2 * ROW_GAP,
    nodesep: COLUMN_GAP,
    edgesep: EDGE_GAP,
    // dagre accepts a function here, although its types allow only the names of its own rankers.
    ranker: ((ranked: DagreGraph) => assignRows(ranked, indices)) as unknown as "longest-path",
  });
  for (const { name } of groups) graph.setNode(groupId(name), {});
  for (const { name, parent } of groups) if (parent !== null) graph.setParent(groupId(name), groupId(parent));
  for (const { id, width, height, group } of items) {
    graph.setNode(id, { width, height });
    if (group !== null && groups.length > 0) graph.setParent(id, groupId(group));
  }
  for (const { from, to } of edges) graph.setEdge(from, to, {});
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
  // dagre assumes that every edge crosses a row for its label and has a point there, which is dropped later.
  for (const edge of graph.edges()) graph.edge(edge).points ??= [{ x: 0, y: NOWHERE }];
  const rows = rankRows(graph.nodes(), edges, { indices, gap: nodeRankFactor ?? 1 });
  for (const [id, rank] of rows) graph.node(id).rank = rank;
}

function groupId(name: string): string {
  return `group:${name}`;
}
