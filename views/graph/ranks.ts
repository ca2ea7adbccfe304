/** An edge of which the end is at least `length` rows below the start. */
export interface RankEdge {
  from: string;
  to: string;
  length: number;
}

/**
 * Rows for the nodes of a graph without cycles: as high as their edges allow; then what nothing leads to comes
 * down to what it leads to, so that edges are short. Of two layers, all of the first is above all of the second.
 *
 * @param layerOf the index of each node's layer; absent for nodes that are free.
 * @returns rows from 0, by node.
 */
export function rankRows(
  nodes: readonly string[],
  edges: readonly RankEdge[],
  layerOf: ReadonlyMap<string, number>,
): Map<string, number> {
  const all = [...edges, ...layerEdges(nodes, layerOf)];
  const outgoing = grouped(all, "from");
  const incoming = grouped(all, "to");
  const order = topologicalOrder([...nodes, ...borders(layerOf)], outgoing, incoming);
  const rows = new Map<string, number>();
  for (const id of order) {
    const above = (incoming.get(id) ?? []).map(({ from, length }) => rows.get(from)! + length);
    rows.set(id, Math.max(0, ...above));
  }
  for (const id of order.toReversed()) {
    const below = outgoing.get(id) ?? [];
    // A node with as many edges above as below stays: coming down would shorten none.
    if (below.length <= (incoming.get(id) ?? []).length) continue;
    rows.set(id, Math.max(rows.get(id)!, Math.min(...below.map(({ to, length }) => rows.get(to)! - length))));
  }
  return new Map(nodes.map((id) => [id, rows.get(id)!]));
}

const border = (index: number) => `\0below layer ${index}`;

function borders(layerOf: ReadonlyMap<string, number>): string[] {
  return Array.from({ length: Math.max(-1, ...layerOf.values()) + 1 }, (_, index) => border(index));
}

/** One invisible point below each layer stands for all edges from that layer to the next. */
function layerEdges(nodes: readonly string[], layerOf: ReadonlyMap<string, number>): RankEdge[] {
  const edges: RankEdge[] = [];
  for (const id of nodes) {
    const index = layerOf.get(id);
    if (index === undefined) continue;
    edges.push({ from: id, to: border(index), length: 1 });
    if (index > 0) edges.push({ from: border(index - 1), to: id, length: 1 });
  }
  for (const below of borders(layerOf).keys()) {
    if (below > 0) edges.push({ from: border(below - 1), to: border(below), length: 1 });
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
