import type { GraphNode } from "./pipeline-graph.ts";

/** The namespace and those around it, outermost first: "a.b.c" gives "a", "a.b", "a.b.c". */
export function namespacePath(namespace: string | null): string[] {
  if (namespace === null) return [];
  const parts = namespace.split(".");
  return parts.map((_, i) => parts.slice(0, i + 1).join("."));
}

/** Every namespace of the nodes and those around it, outer ones first. */
export function namespacesOf(nodes: readonly GraphNode[]): string[] {
  return [...new Set(nodes.flatMap((node) => namespacePath(node.namespace)))].sort();
}

/** The outermost namespace that is not expanded, or null when all are. */
export function collapsedAround(namespace: string | null, expanded: ReadonlySet<string>): string | null {
  return namespacePath(namespace).find((name) => !expanded.has(name)) ?? null;
}

/** The innermost namespace that contains both. */
export function commonNamespace(a: string | null, b: string | null): string | null {
  const around = new Set(namespacePath(b));
  return namespacePath(a).findLast((name) => around.has(name)) ?? null;
}
