import { PipelineError } from "../errors.ts";
import type { Node } from "./node.ts";

/**
 * Groups nodes so that each needs only nodes of earlier groups. Within a group they are sorted by name, so the order
 * depends neither on how the pipeline was composed nor on the run.
 *
 * @param children for each node, the nodes that read its outputs.
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
      `Nodes depend on each other in a cycle: ${[...names, names[0]].join(" -> ")}. Break it by renaming an output`,
    );
  }
  return groups;
}

/** Returns one cycle, in order. Every remaining node waits for another one, so walking backwards revisits a node. */
function cycleAmong(remaining: readonly Node[], children: ReadonlyMap<Node, ReadonlySet<Node>>): Node[] {
  const left = new Set(remaining);
  const parentOf = new Map<Node, Node>();
  for (const parent of remaining) {
    for (const child of children.get(parent) ?? []) if (left.has(child)) parentOf.set(child, parent);
  }
  const walked = new Set<Node>();
  let at = remaining[0]!;
  while (!walked.has(at)) {
    walked.add(at);
    at = parentOf.get(at)!;
  }
  const path = [...walked];
  return path.slice(path.indexOf(at)).reverse();
}
