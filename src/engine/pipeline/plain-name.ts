import type { Node } from "./node.ts";

/** Returns a node's name without its namespaces. */
export function plainName({ name, namespace }: Pick<Node, "name" | "namespace">): string {
  return namespace === null ? name : name.slice(namespace.length + 1);
}
