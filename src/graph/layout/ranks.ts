/** An edge whose end is at least `length` rows below its start. */
export interface RankEdge {
  from: string;
  to: string;
  length: number;
  /** False for an invisible edge, whose length does not matter. True by default. */
  isSeen?: boolean;
}

/** The layers of nodes, for ranking. */
export interface LayerRows {
  /** The index of each node's layer; absent for nodes without a layer. */
  indices: ReadonlyMap<string, number>;
  /** Minimum number of rows from one layer to the next. */
  gap: number;
}

/**
 * Computes rows for the nodes of a graph without cycles: each as high as its edges allow; nodes with more edges below
 * than above then move down, to shorten edges. Of two layers, all of the first is above all of the second.
 *
 * @returns rows from 0, by node.
 */
export function rankRows(
  nodes: readonly string[],
  edges: readonly RankEdge[],
  layers: LayerRows = { indices: new Map(), gap: 1 },
): Map<string, number> {
  const all = [...edges, ...layerEdges(nodes, layers)];
  const outgoing = grouped(all, "from");
  const incoming = grouped(all, "to");
  const order = topologicalOrder([...nodes, ...borders(layers)], outgoing, incoming);
  const rows = new Map<string, number>();
  for (const id of order) {
    const above = incoming.get(id) ?? [];
    rows.set(
      id,
      above.reduce((row, { from, length }) => Math.max(row, rows.get(from)! + length), 0),
    );
  }
  const seen = (list: readonly RankEdge[] | undefined) =>
    (list ?? []).filter(({ isSeen }) => isSeen !== false).length;
  for (const id of order.toReversed()) {
    const below = outgoing.get(id) ?? [];
    if (seen(below) <= seen(incoming.get(id))) continue;
    const lowest = below.reduce((row, { to, length }) => Math.min(row, rows.get(to)! - length), Infinity);
    rows.set(id, Math.max(rows.get(id)!, lowest));
  }
  return new Map(nodes.map((id) => [id, rows.get(id)!]));
}

const border = (index: number) => `\0below layer ${index}`;

function borders({ indices }: LayerRows): string[] {
  const last = indices.values().reduce((most, index) => Math.max(most, index), -1);
  return Array.from({ length: last + 1 }, (_, index) => border(index));
}

/** One invisible point below each layer represents all edges from that layer to the next. */
function layerEdges(nodes: readonly string[], layers: LayerRows): RankEdge[] {
  const edges: RankEdge[] = [];
  const add = (from: string, to: string, length: number) => edges.push({ from, to, length, isSeen: false });
  for (const id of nodes) {
    const index = layers.indices.get(id);
    if (index === undefined) continue;
    add(id, border(index), 0);
    if (index > 0) add(border(index - 1), id, layers.gap);
  }
  for (const below of borders(layers).keys()) {
    if (below > 0) add(border(below - 1), border(below), 0);
  }
  return edges;
}

function grouped(edges: readonly RankEdge[], end: "from" | "to"): Map<string, RankEdge[]> {
  const groups = new Map<string, RankEdge[]>();
  for (const edge of edges) {
    const group = groups.get(edge[end]);
    if (group === undefined) groups.set(edge[end], [edge]);
    else group.push(edge);
  }
  return groups;
}

function topologicalOrder(
  ids: readonly string[],
  outgoing: ReadonlyMap<string, readonly RankEdge[]>,
  incoming: ReadonlyMap<string, readonly RankEdge[]>,
): string[] {
  const waiting = new Map(ids.map((id) => [id, (incoming.get(id) ?? []).length]));
  const order = ids.filter((id) => waiting.get(id) === 0);
  for (const id of order) {
    for (const { to } of outgoing.get(id) ?? []) {
      const left = waiting.get(to)! - 1;
      waiting.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order;
}
