import { type RunSlice, SLICE_NAMES, type SliceName } from "../domain/run-slice.ts";
import { reachable } from "./lineage.ts";
import { namespacePath } from "./namespaces.ts";
import { kindOf, nodesOf } from "./picture.ts";
import type { GraphNode, PipelineGraph } from "./pipeline-graph.ts";

/** Formats a slice as the value of a form field: `from_nodes=a&from_nodes=b`; "" for the whole pipeline. */
export function formatSlice(slice: RunSlice): string {
  const pairs = SLICE_NAMES.flatMap((name) => (slice[name] ?? []).map((value) => [name, value]));
  return new URLSearchParams(pairs).toString();
}

/** Parses a slice. @returns null for an unknown flag or name, or a name that no flag can contain. */
export function parseSlice(text: string, graph: PipelineGraph, pipeline: string): RunSlice | null {
  const slice: Partial<Record<SliceName, string[]>> = {};
  const nodes = nodesOf(graph, { pipeline, tags: [] });
  for (const [flag, value] of new URLSearchParams(text)) {
    const name = SLICE_NAMES.find((known) => known === flag);
    // A comma would end the name on the command line.
    if (name === undefined || value.includes(",") || !namesFor(name, nodes).has(value)) return null;
    slice[name] = [...(slice[name] ?? []), value];
  }
  return slice;
}

function namesFor(flag: SliceName, nodes: readonly GraphNode[]): Set<string> {
  switch (flag) {
    case "tags":
      return new Set(nodes.flatMap(({ tags }) => tags));
    case "namespaces":
      return new Set(nodes.flatMap(({ namespace }) => namespacePath(namespace)));
    case "from_inputs":
    case "to_outputs":
      return new Set(nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]));
    default:
      return new Set(nodes.map(({ name }) => name));
  }
}

/**
 * Datasets that the slice reads but does not write, and that the catalog does not store: a run of it cannot load them.
 * @returns names of datasets, each once.
 */
export function lackingInputs(graph: PipelineGraph, pipeline: string, slice: RunSlice): string[] {
  const nodes = nodesOfSlice(nodesOf(graph, { pipeline, tags: [] }), slice);
  const made = new Set(nodes.flatMap(({ outputs }) => outputs));
  const isKept = (name: string) =>
    Object.hasOwn(graph.datasets, name) && graph.datasets[name]!.type !== "memory";
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  return [...read].filter((name) => kindOf(name) === "dataset" && !made.has(name) && !isKept(name));
}

/** The nodes that all flags select, as the engine's `filter` does. */
export function nodesOfSlice(nodes: readonly GraphNode[], slice: RunSlice): GraphNode[] {
  const { nodes: only, from_nodes, to_nodes, from_inputs, to_outputs, tags, namespaces } = slice;
  const after = (start: GraphNode[]) =>
    spread(nodes, start, ({ outputs }, other) => shares(outputs, other.inputs));
  const before = (start: GraphNode[]) =>
    spread(nodes, start, ({ inputs }, other) => shares(inputs, other.outputs));
  const named = (names: readonly string[]) => nodes.filter(({ name }) => names.includes(name));
  const sets = [
    only && named(only),
    from_nodes && after(named(from_nodes)),
    to_nodes && before(named(to_nodes)),
    from_inputs && after(nodes.filter(({ inputs }) => shares(inputs, from_inputs))),
    to_outputs && before(nodes.filter(({ outputs }) => shares(outputs, to_outputs))),
    tags && nodes.filter((node) => shares(node.tags, tags)),
    namespaces && nodes.filter(({ namespace }) => shares(namespacePath(namespace), namespaces)),
  ].flatMap((set) => (set === undefined ? [] : [new Set(set)]));
  return nodes.filter((node) => sets.every((set) => set.has(node)));
}

function spread(
  nodes: readonly GraphNode[],
  start: readonly GraphNode[],
  leads: (from: GraphNode, to: GraphNode) => boolean,
): GraphNode[] {
  const next = new Map(
    nodes.map((node) => [node.name, nodes.filter((other) => leads(node, other)).map(({ name }) => name)]),
  );
  const found = new Set(start.flatMap(({ name }) => [name, ...reachable(name, next)]));
  return nodes.filter(({ name }) => found.has(name));
}

function shares(a: readonly string[], b: readonly string[]): boolean {
  return a.some((name) => b.includes(name));
}
