import { createHash } from "node:crypto";
import { PipelineError } from "../errors.ts";
import { isPlainObject, keyProblems, kindOf, namesProblem, tagsProblem, textProblem } from "./forms.ts";
import type { NodeFunction, NodeSpec } from "./node-spec.ts";
import { isParameter } from "./parameters.ts";
import { datasetOf, malformedForm } from "./transcoding.ts";

type Names = NodeSpec["inputs"];

const NAME_PATTERN = /^[\w.-]+$/;

/**
 * A function with the names of its inputs and outputs. Immutable; `copy` returns a changed one.
 *
 * @example
 * ```ts
 * import { node } from "tegaki";
 *
 * const trim = node({ name: "trim", func: (text: string) => text.trim(), inputs: "raw", outputs: "text" });
 * const trimTitle = trim.copy({ name: "trim_title", inputs: "raw_title", outputs: "title" });
 * [trim.name, trimTitle.name]; // => ["trim", "trim_title"]
 * trimTitle.func(" ink "); // => "ink"
 * ```
 */
export class Node {
  readonly func: NodeFunction;
  /** As passed in: the shape of its names determines how the function takes its inputs and returns its outputs. */
  readonly spec: Readonly<NodeSpec>;
  /** Dataset and parameter names, each once, in the order of the spec. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly tags: ReadonlySet<string>;
  readonly namespace: string | null;
  /** Prefixed with the namespace, if there is one. */
  readonly name: string;
  /** Equal for nodes with the same name, inputs and outputs. */
  readonly key: string;

  /** @throws PipelineError naming the part of the spec that is wrong. */
  constructor(spec: NodeSpec) {
    checkForm(spec);
    this.spec = spec;
    this.func = spec.func;
    this.inputs = [...new Set(namesOf(spec.inputs))];
    this.outputs = namesOf(spec.outputs);
    this.tags = new Set(typeof spec.tags === "string" ? [spec.tags] : spec.tags);
    this.namespace = spec.namespace ?? null;
    const name = spec.name ?? defaultName(spec.func, this.inputs, this.outputs);
    this.name = this.namespace === null ? name : `${this.namespace}.${name}`;
    this.key = JSON.stringify([this.name, sorted(spec.inputs), sorted(spec.outputs)]);
    this.#check();
  }

  /** Returns the node with some fields of its spec replaced. */
  copy(change: Partial<NodeSpec>): Node {
    return new Node({ ...this.spec, tags: [...this.tags], ...change });
  }

  /** Returns `name: func([inputs]) -> [outputs]`, as Kedro prints it. */
  toString(): string {
    const list = (names: readonly string[]) => (names.length === 0 ? "None" : `[${names.join(";")}]`);
    return `${this.name}: ${this.func.name || "function"}(${list(this.inputs)}) -> ${list(this.outputs)}`;
  }

  #check(): void {
    const problems: string[] = [];
    const fail = (reason: string) => void problems.push(`Node "${this.name}": ${reason}`);
    if (!NAME_PATTERN.test(this.name)) {
      fail("a name may only contain letters, digits, hyphens, underscores and full stops");
    }
    if (this.inputs.length + this.outputs.length === 0) fail("it needs inputs or outputs, found neither");
    for (const name of [...this.inputs, ...this.outputs]) {
      const malformed = malformedForm(name);
      if (malformed !== null) fail(malformed);
    }
    for (const tag of this.tags) {
      if (!NAME_PATTERN.test(tag))
        fail(`tag "${tag}" contains characters other than letters, digits, "-", "_" and "."`);
    }
    for (const [i, output] of this.outputs.entries()) {
      if (isParameter(output)) fail(`its output "${output}" is a parameter; parameters are read-only`);
      if (this.inputs.map(datasetOf).includes(datasetOf(output)))
        fail(`"${datasetOf(output)}" is both an input and an output; rename the output`);
      if (this.outputs.indexOf(output) !== i) fail(`output "${output}" is listed twice`);
    }
    if (problems.length > 0) throw new PipelineError(problems.join("\n"));
  }
}

const KEYS = ["func", "inputs", "outputs", "name", "tags", "namespace", "version", "nullable"];
/** Keys of Kedro's node() that have no meaning here. */
const NOT_HERE = {
  confirms: "datasets are not confirmed, and partitioned has no checkpoints. Remove it",
  preview_fn: "datasets have previews of their own. Remove it",
};

/** @throws PipelineError naming everything in the spec that has not the form that its type promises. */
function checkForm(spec: NodeSpec): void {
  if (!isPlainObject(spec))
    throw new PipelineError(
      `node() takes one object, node({ func, inputs, outputs }), found ${kindOf(spec)}`,
    );
  const problems = [
    ...keyProblems(spec, KEYS, NOT_HERE),
    typeof spec.func === "function" ? null : `func must be a function, found ${kindOf(spec.func)}`,
    namesProblem("inputs", spec.inputs),
    namesProblem("outputs", spec.outputs),
    tagsProblem(spec.tags),
    ...(["name", "namespace", "version"] as const).map((key) => textProblem(key, spec[key] ?? undefined)),
  ].filter((problem) => problem !== null);
  if (problems.length === 0) return;
  const name = typeof spec.name === "string" ? ` "${spec.name}"` : "";
  throw new PipelineError(problems.map((problem) => `Node${name}: ${problem}`).join("\n"));
}

/**
 * Creates a node.
 * @throws PipelineError naming the part of the spec that is wrong.
 *
 * @example
 * ```ts
 * import { node } from "tegaki";
 *
 * const countLong = (words: string[], least: number) => words.filter(({ length }) => length >= least).length;
 *
 * const counted = node({
 *   name: "count_long",
 *   func: countLong,
 *   inputs: ["words", "params:least"],
 *   outputs: "long_words",
 * });
 * String(counted); // => "count_long: countLong([words;params:least]) -> [long_words]"
 * ```
 */
export function node(spec: NodeSpec): Node {
  return new Node(spec);
}

function namesOf(names: Names): string[] {
  if (names === null || names === undefined) return [];
  if (typeof names === "string") return [names];
  return Array.isArray(names) ? [...names] : Object.values(names);
}

/** The order of an object's fields does not matter. */
function sorted(names: Names): unknown {
  if (names === null || typeof names !== "object" || Array.isArray(names)) return names ?? null;
  return Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function defaultName(func: NodeFunction, inputs: readonly string[], outputs: readonly string[]): string {
  const base = func.name.replaceAll(/[^\w.-]/g, "_") || "function";
  const hash = createHash("sha256")
    .update(JSON.stringify([func.name, inputs, outputs]))
    .digest("hex");
  return `${base}__${hash.slice(0, 8)}`;
}
