import { nearest } from "../../lib/nearest.ts";
import { PipelineError } from "../errors.ts";
import {
  isPlainObject,
  keyProblems,
  kindOf,
  namesProblem,
  spreadProblem,
  tagsProblem,
  textProblem,
} from "./forms.ts";
import { type ModularOptions, renameNodes } from "./modular.ts";
import { Node } from "./node.ts";
import { topologicalGroups } from "./topological.ts";
import { datasetOf, isForm, mixedForm, withDatasets } from "./transcoding.ts";

/**
 * Selects the nodes of a pipeline that meet every given condition. Each condition is applied to the whole pipeline.
 * An empty list is not a condition.
 *
 * @example
 * ```ts
 * import { node, pipeline } from "tegaki";
 *
 * const trim = node({ name: "trim", func: (raw: string) => raw.trim(), inputs: "raw", outputs: "text" });
 * const measure = node({
 *   name: "measure",
 *   func: (text: string) => text.length,
 *   inputs: "text",
 *   outputs: "length",
 * });
 * const both = pipeline([trim, measure]);
 * both.filter({ fromInputs: ["text"] }).nodes.map(({ name }) => name); // => ["measure"]
 * both.filter({ toNodes: ["measure"], tags: [] }).nodes.length; // => 2
 * ```
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
 * Nodes, in the order that follows from their inputs and outputs. Immutable: slicing and combining return new ones.
 * Every method that takes names throws PipelineError for an unknown one, and suggests the nearest known name.
 *
 * @example
 * ```ts
 * import { node, pipeline } from "tegaki";
 *
 * const trimming = pipeline([
 *   node({ name: "trim", func: (raw: string) => raw.trim(), inputs: "raw", outputs: "text" }),
 * ]);
 * const measuring = pipeline([
 *   node({ name: "measure", func: (text: string) => text.length, inputs: "text", outputs: "length" }),
 * ]);
 * const both = trimming.plus(measuring);
 * both.inputs(); // => ["raw"]
 * both.outputs(); // => ["length"]
 * both.minus(trimming).inputs(); // => ["text"]
 * ```
 */
export class Pipeline {
  /** Each node needs only nodes of earlier groups; within a group, nodes are sorted by name. */
  readonly groupedNodes: readonly (readonly Node[])[];
  /** In an order in which they can run one at a time. */
  readonly nodes: readonly Node[];
  readonly #byName = new Map<string, Node>();
  /** By dataset, without its form, as in the maps below. */
  readonly #producers = new Map<string, Node>();
  readonly #consumers = new Map<string, Node[]>();
  readonly #children = new Map<Node, Set<Node>>();

  /**
   * @throws PipelineError for two nodes with the same name, two producers of one output, a cycle, or a dataset that
   *   is named both with and without a form.
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
        `Two nodes are named "${node.name}": ${namesake} and ${node}. Rename one of them, or give it a namespace`,
      );
    }
    this.#byName.set(node.name, node);
    this.#children.set(node, new Set());
    for (const output of node.outputs.map(datasetOf)) {
      const other = this.#producers.get(output);
      if (other !== undefined) {
        throw new PipelineError(
          `Nodes "${other.name}" and "${node.name}" both output "${output}". A dataset can have only one producer: rename one of the outputs`,
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
      `"${mixed.dataset}" is also used as "${mixed.form}". Use it either always with a form, or never`,
    );
  }

  /** Returns the free inputs: names, including parameters, that nodes read and none of them outputs. */
  inputs(): string[] {
    return this.allInputs().filter((name) => !this.#producers.has(datasetOf(name)));
  }

  /** Returns the free outputs: names that nodes output and none of them reads. */
  outputs(): string[] {
    return this.allOutputs().filter((name) => !this.#consumers.has(datasetOf(name)));
  }

  /** Returns every name that a node reads, each once. */
  allInputs(): string[] {
    return [...new Set(this.nodes.flatMap((node) => node.inputs))];
  }

  /** Returns every name that a node outputs. */
  allOutputs(): string[] {
    return this.nodes.flatMap((node) => node.outputs);
  }

  /** Returns every name that a node reads or outputs, each once. */
  datasets(): string[] {
    return [...new Set([...this.allInputs(), ...this.allOutputs()])];
  }

  /** Returns the nodes that read an output of `node`. */
  childrenOf(node: Node): Node[] {
    return [...(this.#children.get(node) ?? [])];
  }

  /** Returns the nodes that output an input of `node`. */
  parentsOf(node: Node): Node[] {
    return [...new Set(node.inputs.flatMap((input) => this.#producers.get(datasetOf(input)) ?? []))];
  }

  /** Kedro's `+` (and `|`): the nodes of both pipelines; a shared node is included once. */
  plus(other: Pipeline): Pipeline {
    requirePipeline("plus", other);
    return new Pipeline(new Map([...this.nodes, ...other.nodes].map((node) => [node.key, node])).values());
  }

  /** Kedro's `-`: the nodes that are not in the other. */
  minus(other: Pipeline): Pipeline {
    requirePipeline("minus", other);
    const keys = new Set(other.nodes.map((node) => node.key));
    return new Pipeline(this.nodes.filter((node) => !keys.has(node.key)));
  }

  /** Kedro's `&`: the nodes that are in both pipelines. */
  and(other: Pipeline): Pipeline {
    requirePipeline("and", other);
    const keys = new Set(other.nodes.map((node) => node.key));
    return new Pipeline(this.nodes.filter((node) => keys.has(node.key)));
  }

  /** The nodes with these names. */
  onlyNodes(...names: string[]): Pipeline {
    requireNames("onlyNodes", names);
    return new Pipeline(this.#named(names));
  }

  /** The nodes with any of the tags; none when no tag is given. */
  onlyNodesWithTags(...tags: string[]): Pipeline {
    requireNames("onlyNodesWithTags", tags);
    return new Pipeline(this.nodes.filter((node) => tags.some((tag) => node.tags.has(tag))));
  }

  /** The nodes in a namespace or in one within it. */
  onlyNodesWithNamespaces(...namespaces: string[]): Pipeline {
    requireNames("onlyNodesWithNamespaces", namespaces);
    const isWithin = (node: Node, namespace: string) =>
      `${node.namespace ?? ""}.`.startsWith(`${namespace}.`);
    const missing = namespaces.filter((name) => !this.nodes.some((node) => isWithin(node, name)));
    if (missing.length > 0) {
      throw unknown("namespace", missing, new Set(this.nodes.flatMap((node) => node.namespace ?? [])));
    }
    return new Pipeline(this.nodes.filter((node) => namespaces.some((name) => isWithin(node, name))));
  }

  /** The nodes that read any of these datasets. */
  onlyNodesWithInputs(...datasets: string[]): Pipeline {
    requireNames("onlyNodesWithInputs", datasets);
    return new Pipeline(this.#readersOf(datasets));
  }

  /** The nodes that output any of these datasets. */
  onlyNodesWithOutputs(...datasets: string[]): Pipeline {
    requireNames("onlyNodesWithOutputs", datasets);
    return new Pipeline(this.#makersOf(datasets));
  }

  /** These nodes and all that depend on them. */
  fromNodes(...names: string[]): Pipeline {
    requireNames("fromNodes", names);
    return new Pipeline(reachable(this.#named(names), (node) => this.childrenOf(node)));
  }

  /** These nodes and all that they depend on. */
  toNodes(...names: string[]): Pipeline {
    requireNames("toNodes", names);
    return new Pipeline(reachable(this.#named(names), (node) => this.parentsOf(node)));
  }

  /** The nodes that depend on these datasets, directly or through others. */
  fromInputs(...datasets: string[]): Pipeline {
    requireNames("fromInputs", datasets);
    return new Pipeline(reachable(this.#readersOf(datasets), (node) => this.childrenOf(node)));
  }

  /** The nodes needed to produce these datasets. */
  toOutputs(...datasets: string[]): Pipeline {
    requireNames("toOutputs", datasets);
    return new Pipeline(reachable(this.#makersOf(datasets), (node) => this.parentsOf(node)));
  }

  /**
   * The nodes that meet every condition of `filter`.
   * @throws PipelineError when no node does, and naming every unknown name.
   */
  filter(filter: PipelineFilter): Pipeline {
    const isGiven = (names?: readonly string[]): names is readonly string[] => (names?.length ?? 0) > 0;
    const { tags, nodeNames, fromNodes, toNodes, fromInputs, toOutputs, nodeNamespaces } = filter;
    const slices: Pipeline[] = [];
    const problems = keyProblems(filter, FILTER_KEYS);
    const slice = (names: readonly string[] | undefined, choose: (...names: string[]) => Pipeline) => {
      if (!isGiven(names)) return;
      try {
        slices.push(choose.call(this, ...names));
      } catch (error) {
        if (!(error instanceof PipelineError)) throw error;
        problems.push(error.message);
      }
    };
    slice(tags, this.onlyNodesWithTags);
    slice(nodeNames, this.onlyNodes);
    slice(fromNodes, this.fromNodes);
    slice(toNodes, this.toNodes);
    slice(fromInputs, this.fromInputs);
    slice(toOutputs, this.toOutputs);
    slice(nodeNamespaces, this.onlyNodesWithNamespaces);
    if (problems.length > 0) throw new PipelineError([...new Set(problems)].join("\n"));
    const kept = slices.reduce((all, slice) => all.and(slice), this as Pipeline);
    if (kept.nodes.length === 0) {
      throw new PipelineError(
        `No node of the pipeline matches all of ${JSON.stringify(filter)}. Use fewer conditions at once`,
      );
    }
    return kept;
  }

  /** The same pipeline with more tags on every node. */
  tag(...tags: string[]): Pipeline {
    requireNames("tag", tags);
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
 * datasets are mapped as in Kedro's modular pipelines; see ModularOptions.
 *
 * @throws PipelineError when the nodes cannot form one pipeline, or a name to map does not occur in it.
 *
 * @example
 * ```ts
 * import { node, pipeline } from "tegaki";
 *
 * const trim = node({ name: "trim", func: (raw: string) => raw.trim(), inputs: "raw", outputs: "text" });
 * const measure = node({
 *   name: "measure",
 *   func: (text: string) => text.length,
 *   inputs: "text",
 *   outputs: "length",
 * });
 * // Their order follows from their inputs and outputs.
 * pipeline([measure, trim]).nodes.map(({ name }) => name); // => ["trim", "measure"]
 * ```
 */
export function pipeline(
  nodes: Pipeline | Iterable<Node | Pipeline>,
  options: ModularOptions = {},
): Pipeline {
  const parts = checkedParts(nodes);
  checkOptions(options);
  const flat = parts.flatMap((part) => (part instanceof Pipeline ? part.nodes : [part]));
  const plain = new Pipeline(flat);
  const renamed = renameNodes(plain, options);
  if (options.tags === undefined) return renamed === plain.nodes ? plain : new Pipeline(renamed);
  return new Pipeline(renamed).tag(...(typeof options.tags === "string" ? [options.tags] : options.tags));
}

const OPTIONS = ["inputs", "outputs", "parameters", "namespace", "prefixDatasetsWithNamespace", "tags"];

/** @throws PipelineError naming everything in the list that is neither a node nor a pipeline. */
function checkedParts(nodes: Pipeline | Iterable<Node | Pipeline>): (Node | Pipeline)[] {
  if (nodes instanceof Pipeline) return [nodes];
  const isIterable = typeof nodes === "object" && nodes !== null && Symbol.iterator in nodes;
  if (!isIterable)
    throw new PipelineError(`pipeline() takes a list of nodes and pipelines, found ${kindOf(nodes)}`);
  const parts = [...nodes];
  const wrong = parts.filter((part) => !(part instanceof Node || part instanceof Pipeline)).map(kindOf);
  if (wrong.length === 0) return parts;
  throw new PipelineError(
    `pipeline() takes a list of nodes and pipelines, found ${[...new Set(wrong)].join(", ")} in it`,
  );
}

/** @throws PipelineError naming everything that has not the form that its type promises. */
function checkOptions(options: ModularOptions): void {
  if (!isPlainObject(options))
    throw new PipelineError(`pipeline() takes its options as an object, found ${kindOf(options)}`);
  const { inputs, outputs, parameters, namespace, tags } = options;
  const forms = [
    namesProblem("inputs", inputs),
    namesProblem("outputs", outputs),
    namesProblem("parameters", parameters),
    textProblem("namespace", namespace),
    tagsProblem(tags),
  ];
  const problems = [...keyProblems(options, OPTIONS), ...forms.filter((problem) => problem !== null)];
  if (problems.length > 0) throw new PipelineError(problems.map((one) => `pipeline(): ${one}`).join("\n"));
}

function requirePipeline(method: string, other: unknown): void {
  if (other instanceof Pipeline) return;
  throw new PipelineError(
    `${method}() takes a pipeline, found ${kindOf(other)}. To choose nodes by name, use onlyNodes("a", "b")`,
  );
}

function requireNames(method: string, names: readonly unknown[]): void {
  const problem = spreadProblem(method, names);
  if (problem !== null) throw new PipelineError(problem);
}

const FILTER_KEYS = [
  "tags",
  "nodeNames",
  "fromNodes",
  "toNodes",
  "fromInputs",
  "toOutputs",
  "nodeNamespaces",
];

/** Returns `start` and every node reachable from it through `next`. */
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
