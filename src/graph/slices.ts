import { lackingInputs as lackingOf } from "../domain/runs/run-inputs.ts";
import { type RunSlice, SLICE_NAMES, type SliceName } from "../domain/runs/run-slice.ts";
import { namespacePath } from "./namespaces.ts";
import { nodesOf } from "./picture.ts";
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
  const namesOf = new Map<SliceName, Set<string>>();
  for (const [flag, value] of new URLSearchParams(text)) {
    const name = SLICE_NAMES.find((known) => known === flag);
    if (name === undefined) return null;
    const known = namesOf.get(name) ?? namesFor(name, nodes);
    namesOf.set(name, known);
    // A comma would end the name on the command line.
    if (value.includes(",") || !known.has(value)) return null;
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
  const isKept = (name: string) =>
    Object.hasOwn(graph.datasets, name) && graph.datasets[name]!.type !== "memory";
  return lackingOf(nodes, isKept);
}

/** The nodes that all flags select, as the engine's `filter` does. */
export function nodesOfSlice(nodes: readonly GraphNode[], slice: RunSlice): GraphNode[] {
  const { nodes: only, from_nodes, to_nodes, from_inputs, to_outputs, tags, namespaces } = slice;
  const after = (start: GraphNode[]) => spread(nodes, start, "outputs", "inputs");
  const before = (start: GraphNode[]) => spread(nodes, start, "inputs", "outputs");
  const named = (names: readonly string[]) => filtered(nodes, names, ({ name }) => [name]);
  const sets = [
    only && named(only),
    from_nodes && after(named(from_nodes)),
    to_nodes && before(named(to_nodes)),
    from_inputs && after(filtered(nodes, from_inputs, ({ inputs }) => inputs)),
    to_outputs && before(filtered(nodes, to_outputs, ({ outputs }) => outputs)),
    tags && filtered(nodes, tags, (node) => node.tags),
    namespaces && filtered(nodes, namespaces, ({ namespace }) => namespacePath(namespace)),
  ].flatMap((set) => (set === undefined ? [] : [new Set(set)]));
  return nodes.filter((node) => sets.every((set) => set.has(node)));
}

/** The nodes with one of the names. */
function filtered(
  nodes: readonly GraphNode[],
  names: readonly string[],
  namesOf: (node: GraphNode) => readonly string[],
): GraphNode[] {
  const wanted = new Set(names);
  return nodes.filter((node) => namesOf(node).some((name) => wanted.has(name)));
}

/** `start` and all nodes that are reached from there, through the datasets of one side to those that have it on the other. */
function spread(
  nodes: readonly GraphNode[],
  start: readonly GraphNode[],
  leaving: "inputs" | "outputs",
  entering: "inputs" | "outputs",
): GraphNode[] {
  const byDataset = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    for (const name of node[entering]) {
      const list = byDataset.get(name);
      if (list === undefined) byDataset.set(name, [node]);
      else list.push(node);
    }
  }
  const found = new Set(start);
  for (const node of found) {
    for (const name of node[leaving]) for (const other of byDataset.get(name) ?? []) found.add(other);
  }
  return nodes.filter((node) => found.has(node));
}
