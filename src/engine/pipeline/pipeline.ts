import { nearest } from "../../lib/nearest.ts";
import { PipelineError } from "../errors.ts";
import { type ModularOptions, renameNodes } from "./modular.ts";
import type { Node } from "./node.ts";
import { topologicalGroups } from "./topological.ts";
import { datasetOf, isForm, mixedForm, withDatasets } from "./transcoding.ts";

/**
 * What of a pipeline to keep: nodes that meet every condition given, each judged on the whole pipeline.
 * An empty list is no condition.
 */
export interface PipelineFilter {
  tags?: readonly string[];
  nodeNames?: readonly string[];
  fromNodes?: readonly string[];
  toNodes?: readonly string[];
  fromInputs?: readonly string[];
  toOutputs?: readonly string[];
  nodeNamespaces?: readonly string[];
}

/**
 * Nodes, and the order that their inputs and outputs give them. Never changes: slicing and combining give new ones.
 * Every method that takes names throws PipelineError when it does not know one, with the nearest it knows.
 */
export class Pipeline {
  /** Groups in which each node needs only nodes of earlier groups; by name within a group. */
  readonly groupedNodes: readonly (readonly Node[])[];
  /** In an order in which they can run. */
  readonly nodes: readonly Node[];
  readonly #byName = new Map<string, Node>();
  /** By dataset, whatever the form; as all that follows. */
  readonly #producers = new Map<string, Node>();
  readonly #consumers = new Map<string, Node[]>();
  readonly #children = new Map<Node, Set<Node>>();

  /**
   * @throws PipelineError for two nodes of one name, two producers of one output, a cycle, or a dataset that is named
   *   both as it is and by a form.
   */
  constructor(nodes: Iterable<Node>) {
    for (const node of nodes) this.#add(node);
    this.#checkForms();
    for (const [name, producer] of this.#producers) {
      for (const consumer of this.#consumers.get(name) ?? []) this.#children.get(producer)!.add(consumer);
    }
    this.groupedNodes = topologicalGroups([...this.#byName.values()], this.#children);
    this.nodes = this.groupedNodes.flat();
  }

  #add(node: Node): void {
    const namesake = this.#byName.get(node.name);
    if (namesake !== undefined) {
      throw new PipelineError(
        `Two nodes are named "${node.name}": ${namesake} and ${node}. Give one another name, or a namespace`,
      );
    }
    this.#byName.set(node.name, node);
    this.#children.set(node, new Set());
    for (const output of node.outputs.map(datasetOf)) {
      const other = this.#producers.get(output);
      if (other !== undefined) {
        throw new PipelineError(
          `Nodes "${other.name}" and "${node.name}" both make "${output}". Each dataset has one producer: rename one`,
        );
      }
      this.#producers.set(output, node);
    }
    for (const input of new Set(node.inputs.map(datasetOf))) {
      const consumers = this.#consumers.get(input);
      if (consumers === undefined) this.#consumers.set(input, [node]);
      else consumers.push(node);
    }
  }

  #checkForms(): void {
    const names = [...this.#byName.values()].flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
    const mixed = mixedForm(names);
    if (mixed === null) return;
    throw new PipelineError(
      `"${mixed.dataset}" is named both as it is and as "${mixed.form}". Name a form of it each time, or never`,
    );
  }

  /** Free inputs: what the nodes read and none of them makes, parameters included. */
  inputs(): string[] {
    return this.allInputs().filter((name) => !this.#producers.has(datasetOf(name)));
  }

  /** Free outputs: what the nodes make and none of them reads. */
  outputs(): string[] {
    return this.allOutputs().filter((name) => !this.#consumers.has(datasetOf(name)));
  }

  allInputs(): string[] {
    return [...new Set(this.nodes.flatMap((node) => node.inputs))];
  }

  allOutputs(): string[] {
    return this.nodes.flatMap((node) => node.outputs);
  }

  /** Every name that a node reads or makes. */
  datasets(): string[] {
    return [...new Set([...this.allInputs(), ...this.allOutputs()])];
  }

  /** The nodes that read an output of `node`. */
  childrenOf(node: Node): Node[] {
    return [...(this.#children.get(node) ?? [])];
  }

  /** The nodes that make an input of `node`. */
  parentsOf(node: Node): Node[] {
    return [...new Set(node.inputs.flatMap((input) => this.#producers.get(datasetOf(input)) ?? []))];
  }

  /** Kedro's `+` (and `|`): the nodes of both; a node that is in both counts once. */
  plus(other: Pipeline): Pipeline {
    return new Pipeline(new Map([...this.nodes, ...other.nodes].map((node) => [node.key, node])).values());
  }

  /** Kedro's `-`: the nodes that are not in the other. */
  minus(other: Pipeline): Pipeline {
    const keys = new Set(other.nodes.map((node) => node.key));
    return new Pipeline(this.nodes.filter((node) => !keys.has(node.key)));
  }

  /** Kedro's `&`: the nodes that are in both. */
  and(other: Pipeline): Pipeline {
    const keys = new Set(other.nodes.map((node) => node.key));
    return new Pipeline(this.nodes.filter((node) => keys.has(node.key)));
  }

  onlyNodes(...names: string[]): Pipeline {
    return new Pipeline(this.#named(names));
  }

  /** The nodes with any of the tags; none when no tag is given. */
  onlyNodesWithTags(...tags: string[]): Pipeline {
    return new Pipeline(this.nodes.filter((node) => tags.some((tag) => node.tags.has(tag))));
  }

  /** The nodes in a namespace or in one within it. */
  onlyNodesWithNamespaces(...namespaces: string[]): Pipeline {
    const isWithin = (node: Node, namespace: string) =>
      `${node.namespace ?? ""}.`.startsWith(`${namespace}.`);
    const missing = namespaces.filter((name) => !this.nodes.some((node) => isWithin(node, name)));
    if (missing.length > 0) {
      throw unknown("namespace", missing, new Set(this.nodes.flatMap((node) => node.namespace ?? [])));
    }
    return new Pipeline(this.nodes.filter((node) => namespaces.some((name) => isWithin(node, name))));
  }

  onlyNodesWithInputs(...datasets: string[]): Pipeline {
    return new Pipeline(this.#readersOf(datasets));
  }

  onlyNodesWithOutputs(...datasets: string[]): Pipeline {
    return new Pipeline(this.#makersOf(datasets));
  }

  /** These nodes and all that depend on them. */
  fromNodes(...names: string[]): Pipeline {
    return new Pipeline(reachable(this.#named(names), (node) => this.childrenOf(node)));
  }

  /** These nodes and all that they depend on. */
  toNodes(...names: string[]): Pipeline {
    return new Pipeline(reachable(this.#named(names), (node) => this.parentsOf(node)));
  }

  /** The nodes that depend on these datasets, directly or through others. */
  fromInputs(...datasets: string[]): Pipeline {
    return new Pipeline(reachable(this.#readersOf(datasets), (node) => this.childrenOf(node)));
  }

  /** The nodes needed to make these datasets. */
  toOutputs(...datasets: string[]): Pipeline {
    return new Pipeline(reachable(this.#makersOf(datasets), (node) => this.parentsOf(node)));
  }

  /** @throws PipelineError when no node is left. */
  filter(filter: PipelineFilter): Pipeline {
    const isGiven = (names?: readonly string[]): names is readonly string[] => (names?.length ?? 0) > 0;
    const { tags, nodeNames, fromNodes, toNodes, fromInputs, toOutputs, nodeNamespaces } = filter;
    const slices: Pipeline[] = [];
    if (isGiven(tags)) slices.push(this.onlyNodesWithTags(...tags));
    if (isGiven(nodeNames)) slices.push(this.onlyNodes(...nodeNames));
    if (isGiven(fromNodes)) slices.push(this.fromNodes(...fromNodes));
    if (isGiven(toNodes)) slices.push(this.toNodes(...toNodes));
    if (isGiven(fromInputs)) slices.push(this.fromInputs(...fromInputs));
    if (isGiven(toOutputs)) slices.push(this.toOutputs(...toOutputs));
    if (isGiven(nodeNamespaces)) slices.push(this.onlyNodesWithNamespaces(...nodeNamespaces));
    const kept = slices.reduce((all, slice) => all.and(slice), this as Pipeline);
    if (kept.nodes.length === 0) {
      const asked = JSON.stringify(filter);
      throw new PipelineError(`No node of the pipeline meets all of ${asked}. Ask for less at once`);
    }
    return kept;
  }

  /** The same with more tags on every node. */
  tag(...tags: string[]): Pipeline {
    return new Pipeline(this.nodes.map((node) => node.copy({ tags: [...node.tags, ...tags] })));
  }

  #named(names: readonly string[]): Node[] {
    const wanted = [...new Set(names)];
    const missing = wanted.filter((name) => !this.#byName.has(name));
    if (missing.length > 0) throw unknown("node", missing, this.#byName.keys());
    return wanted.map((name) => this.#byName.get(name)!);
  }

  #readersOf(datasets: readonly string[]): Set<Node> {
    this.#checkDatasets(datasets);
    return new Set(
      datasets.flatMap((name) => {
        const readers = this.#consumers.get(datasetOf(name)) ?? [];
        return isForm(name) ? readers.filter((node) => node.inputs.includes(name)) : readers;
      }),
    );
  }

  #makersOf(datasets: readonly string[]): Set<Node> {
    this.#checkDatasets(datasets);
    return new Set(
      datasets.flatMap((name) => {
        const maker = this.#producers.get(datasetOf(name));
        return maker === undefined || (isForm(name) && !maker.outputs.includes(name)) ? [] : [maker];
      }),
    );
  }

  #checkDatasets(datasets: readonly string[]): void {
    const known = withDatasets(this.datasets());
    const missing = datasets.filter((name) => !known.has(name));
    if (missing.length > 0) throw unknown("dataset", missing, this.datasets());
  }
}

/**
 * A pipeline of nodes and other pipelines. With `inputs`, `outputs`, `parameters` or `namespace` the names of
 * datasets are mapped as Kedro's modular pipelines do; see ModularOptions.
 *
 * @throws PipelineError for what cannot be one pipeline, or a name to map that it does not have.
 */
export function pipeline(
  nodes: Pipeline | Iterable<Node | Pipeline>,
  options: ModularOptions = {},
): Pipeline {
  const parts = nodes instanceof Pipeline ? [nodes] : [...nodes];
  const flat = parts.flatMap((part) => (part instanceof Pipeline ? part.nodes : [part]));
  const plain = new Pipeline(flat);
  const renamed = renameNodes(plain, options);
  if (options.tags === undefined) return renamed === plain.nodes ? plain : new Pipeline(renamed);
  return new Pipeline(renamed).tag(...(typeof options.tags === "string" ? [options.tags] : options.tags));
}

/** `start` and everything that `next` leads to. */
function reachable(start: Iterable<Node>, next: (node: Node) => Node[]): Set<Node> {
  const found = new Set(start);
  for (const node of found) for (const other of next(node)) found.add(other);
  return found;
}

function unknown(kind: string, missing: readonly string[], known: Iterable<string>): PipelineError {
  const names = [...known];
  const near = (name: string) =>
    names.find((candidate) => candidate.endsWith(`.${name}`)) ?? nearest(name, names);
  const lines = missing.map((name) => {
    const found = near(name);
    const hint = found === null ? `It has: ${shortList(names)}` : `Did you mean "${found}"?`;
    return `The pipeline has no ${kind} "${name}". ${hint}`;
  });
  return new PipelineError(lines.join("\n"));
}

function shortList(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const shown = names.slice(0, 10).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
