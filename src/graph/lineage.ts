import type { GraphEdge } from "./elements.ts";

/** The elements that an element depends on, and those that depend on it. */
export interface Lineage {
  up: ReadonlySet<string>;
  down: ReadonlySet<string>;
}

/** The lineage of elements taken together. Neither side contains them, unless a path leads from one to another. */
export function lineageOf(ids: Iterable<string>, edges: readonly GraphEdge[]): Lineage {
  const starts = [...ids];
  return {
    up: reachable(starts, neighbours(edges, "to", "from")),
    down: reachable(starts, neighbours(edges, "from", "to")),
  };
}

/** The lineage of all elements of one key; the elements themselves are on both sides. */
export function lineageOfKey(
  key: string,
  { elements, edges }: { elements: readonly { id: string; key: string }[]; edges: readonly GraphEdge[] },
): Lineage | null {
  const ids = elements.filter((element) => element.key === key).map(({ id }) => id);
  if (ids.length === 0) return null;
  const { up, down } = lineageOf(ids, edges);
  return { up: new Set([...ids, ...up]), down: new Set([...ids, ...down]) };
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

/** All elements that can be reached from `starts` through `next`, by at least one step. */
export function reachable(
  starts: Iterable<string>,
  next: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const found = new Set<string>();
  for (const start of starts) for (const id of next.get(start) ?? []) found.add(id);
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}
