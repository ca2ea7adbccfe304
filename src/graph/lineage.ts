import type { GraphEdge } from "./elements.ts";

/** What an element depends on and what depends on it. */
export interface Lineage {
  up: ReadonlySet<string>;
  down: ReadonlySet<string>;
}

/** Neither side holds the element itself, but where a cycle leads back to it. */
export function lineageOf(id: string, edges: readonly GraphEdge[]): Lineage {
  return {
    up: reachable(id, neighbours(edges, "to", "from")),
    down: reachable(id, neighbours(edges, "from", "to")),
  };
}

/** What all the elements of one key depend on, and what depends on any of them; they themselves are in both. */
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

/** By element, what its edges lead to. */
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

/** Everything that `next` leads to from `start`, at any distance. */
export function reachable(start: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(next.get(start));
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}
