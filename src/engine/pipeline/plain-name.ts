import type { Node } from "./node.ts";

/** A node's name without the namespaces in front. */
export function plainName({ name, namespace }: Pick<Node, "name" | "namespace">): string {
  return namespace === null ? name : name.slice(namespace.length + 1);
}
