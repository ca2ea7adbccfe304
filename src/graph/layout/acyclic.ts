import type { GraphEdge } from "../elements.ts";
import { neighbours } from "../lineage.ts";

/** The edges without those that close a cycle, which collapsed namespaces can form; of a cycle, the last one found. */
export function withoutCycles(edges: readonly GraphEdge[]): GraphEdge[] {
  const next = neighbours(edges, "from", "to");
  const state = new Map<string, "open" | "ended">();
  const closing = new Set<string>();
  for (const start of next.keys()) {
    if (state.has(start)) continue;
    const path = [{ id: start, left: [...(next.get(start) ?? [])] }];
    state.set(start, "open");
    while (path.length > 0) {
      const { id, left } = path.at(-1)!;
      const to = left.pop();
      if (to === undefined) {
        state.set(id, "ended");
        path.pop();
      } else if (state.get(to) === "open") closing.add(keyOf({ from: id, to }));
      else if (!state.has(to)) {
        state.set(to, "open");
        path.push({ id: to, left: [...(next.get(to) ?? [])] });
      }
    }
  }
  return closing.size === 0 ? [...edges] : edges.filter((edge) => !closing.has(keyOf(edge)));
}

function keyOf({ from, to }: GraphEdge): string {
  return JSON.stringify([from, to]);
}
