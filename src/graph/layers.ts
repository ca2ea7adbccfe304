import type { GraphEdge, GraphElement } from "./elements.ts";
import { neighbours, reachable } from "./lineage.ts";

/**
 * Orders the layers of the elements so that each comes before those that its data flows to; otherwise in order of
 * first appearance. Empty when no element has a layer, or when two layers feed each other: bands would be misleading.
 */
export function orderLayers(elements: readonly GraphElement[], edges: readonly GraphEdge[]): string[] {
  const byLayer = Map.groupBy(elements, ({ layer }) => layer);
  byLayer.delete(null);
  const layers = [...byLayer.keys()].flatMap((layer) => layer ?? []);
  const next = neighbours(edges, "from", "to");
  const between = layers.flatMap((layer): GraphEdge[] => {
    const own = byLayer.get(layer)!.map(({ id }) => id);
    const below = reachable(own, next);
    const reached = layers.filter((to) => to !== layer && byLayer.get(to)!.some(({ id }) => below.has(id)));
    return reached.map((to) => ({ from: layer, to }));
  });
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
