import type { GraphEdge } from "./elements.ts";

/** The elements that an element depends on, and those that depend on it. */
export interface Lineage {
  up: ReadonlySet<string>;
  down: ReadonlySet<string>;
}

/** The lineage of one element. Neither side contains the element itself, unless a cycle leads back to it. */
export function lineageOf(id: string, edges: readonly GraphEdge[]): Lineage {
  return {
    up: reachable(id, neighbours(edges, "to", "from")),
    down: reachable(id, neighbours(edges, "from", "to")),
  };
}

/** The lineage of all elements of one key; the elements themselves are on both sides. */
export function lineageOfKey(
  key: string,
  { elements, edges }: { elements: readonly { id: string; key: string }[]; edges: readonly GraphEdge[] },
): Lineage | null {
  const ids = elements.filter((element) => element.key === key).map(({ id }) => id);
  if (ids.length === 0) return null;
  const sides = ids.map((id) => lineageOf(id, edges));
  return {
    up: new Set([...ids, ...sides.flatMap(({ up }) => [...up])]),
    down: new Set([...ids, ...sides.flatMap(({ down }) => [...down])]),
  };
}

/** The targets of each element's edges. */
export function neighbours(
  edges: readonly GraphEdge[],
  from: keyof GraphEdge,
  to: keyof GraphEdge,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const edge of edges) {
    const list = found.get(edge[from]);
    if (list === undefined) found.set(edge[from], [edge[to]]);
    else list.push(edge[to]);
  }
  return found;
}

/** All elements that can be reached from `start` through `next`. */
export function reachable(start: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(next.get(start));
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}
