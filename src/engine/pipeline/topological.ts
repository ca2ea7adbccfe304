import { PipelineError } from "../errors.ts";
import type { Node } from "./node.ts";

/**
 * Groups of nodes in which each node needs only nodes of earlier groups; within a group sorted by name,
 * so that the order depends neither on how the pipeline was put together nor on the run.
 *
 * @param children for each node, those that read its outputs.
 * @throws PipelineError naming the nodes of one cycle, in its order.
 *
 * Source: Kahn, "Topological sorting of large networks", CACM 5(11), 1962.
 */
export function topologicalGroups(
  nodes: readonly Node[],
  children: ReadonlyMap<Node, ReadonlySet<Node>>,
): Node[][] {
  const missing = new Map<Node, number>(nodes.map((node) => [node, 0]));
  for (const readers of children.values()) {
    for (const reader of readers) missing.set(reader, missing.get(reader)! + 1);
  }
  const groups: Node[][] = [];
  let sorted = 0;
  let ready = nodes.filter((node) => missing.get(node) === 0);
  while (ready.length > 0) {
    groups.push(ready.sort((a, b) => (a.name < b.name ? -1 : 1)));
    sorted += ready.length;
    const next: Node[] = [];
    for (const node of ready) {
      for (const reader of children.get(node) ?? []) {
        const left = missing.get(reader)! - 1;
        missing.set(reader, left);
        if (left === 0) next.push(reader);
      }
    }
    ready = next;
  }
  if (sorted < nodes.length) {
    const names = cycleAmong(
      nodes.filter((node) => missing.get(node)! > 0),
      children,
    ).map((node) => node.name);
    throw new PipelineError(
      `Nodes depend on each other in a circle: ${[...names, names[0]].join(" -> ")}. Break it by renaming an output`,
    );
  }
  return groups;
}

/** One cycle, in its order. Every node of `remaining` waits for another of them, so walking backwards must return. */
function cycleAmong(remaining: readonly Node[], children: ReadonlyMap<Node, ReadonlySet<Node>>): Node[] {
  const left = new Set(remaining);
  const parentOf = new Map<Node, Node>();
  for (const parent of remaining) {
    for (const child of children.get(parent) ?? []) if (left.has(child)) parentOf.set(child, parent);
  }
  const path: Node[] = [];
  let at = remaining[0]!;
  while (!path.includes(at)) {
    path.push(at);
    at = parentOf.get(at)!;
  }
  return path.slice(path.indexOf(at)).reverse();
}
