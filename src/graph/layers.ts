import type { GraphEdge, GraphElement } from "./elements.ts";
import { neighbours, reachable } from "./lineage.ts";

/**
 * Orders the layers of the elements so that each comes before those that its data flows to; otherwise in order of
 * first appearance. Empty when no element has a layer, or when two layers feed each other: bands would be misleading.
 */
export function orderLayers(elements: readonly GraphElement[], edges: readonly GraphEdge[]): string[] {
  const layerOf = new Map(elements.map(({ id, layer }) => [id, layer]));
  const layers = [...new Set(elements.flatMap(({ layer }) => layer ?? []))];
  if (layers.length === 0) return [];
  const next = neighbours(edges, "from", "to");
  const between: GraphEdge[] = [];
  for (const { id, layer } of elements) {
    if (layer === null) continue;
    for (const other of reachable(id, next)) {
      const to = layerOf.get(other) ?? null;
      if (to !== null && to !== layer) between.push({ from: layer, to });
    }
  }
  return inOrder(layers, between);
}

/** Kahn's algorithm; of the layers without open predecessors, the earliest comes next. */
function inOrder(layers: readonly string[], edges: readonly GraphEdge[]): string[] {
  const sources = neighbours(edges, "to", "from");
  const left = new Set(layers);
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left].find((layer) => !(sources.get(layer) ?? []).some((source) => left.has(source)));
    if (free === undefined) return [];
    order.push(free);
    left.delete(free);
  }
  return order;
}
