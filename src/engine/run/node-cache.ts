import type { DataCatalog } from "../catalog/catalog.ts";
import { withNeeded } from "../pipeline/needed.ts";
import type { Node } from "../pipeline/node.ts";
import { isParameter } from "../pipeline/parameters.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { datasetOf } from "../pipeline/transcoding.ts";
import { hashOf } from "./canonical.ts";
import type { Fingerprints } from "./fingerprints.ts";
import type { Hooks, Skip, Skips } from "./hooks.ts";
import { skipOthers } from "./missing-outputs.ts";

/** What a node was given when it last ran to its end, and what it made of it. */
export interface NodeRecord {
  node: string;
  /** Hash of its inputs' content, its parameters and its code. */
  key: string;
  /** Content hashes of the outputs that outlive a run, by dataset name. */
  outputs: Record<string, string>;
}

/** Where records are kept: one a node, the newest. */
export interface NodeCache {
  get(node: string): Promise<NodeRecord | null>;
  put(record: NodeRecord): Promise<void>;
}

export interface NodeCacheOptions {
  pipeline: Pipeline;
  catalog: DataCatalog;
  fingerprints: Fingerprints;
  cache: NodeCache;
  /** Stands for all code that functions call and their text does not show. */
  program: string;
}

/** What becomes of a node that was planned to run; open while what it reads is not made yet. */
type Fate = "spared" | "runs" | "open";

const UNCHANGED: Skip = { cause: "unchanged", reason: "inputs, params, code unchanged" };

/**
 * The content-aware cache of one run: which nodes it may leave out, and the records that later runs go by.
 *
 * A node is unchanged when its record has the key of now, and each output that outlives a run is there with the
 * content that the record names. What is held in memory has no content to look at: it is named by the key of the node
 * that makes it, since equal inputs, parameters and code make equal outputs. Nodes are taken to be functions of their
 * inputs; one without inputs is not a function of anything, and always runs, as does one without outputs.
 *
 * What follows a changed node is planned to run, for nobody knows yet what that will make: `skipNow` decides again.
 */
export class CachedRun {
  /** Stands for the content of a dataset that a node of the pipeline makes; null when that is not known yet. */
  readonly #made = new Map<string, string | null>();
  readonly #keys = new Map<Node, string | null>();
  readonly #byName: ReadonlyMap<string, Node>;
  /** The name under which a node makes a dataset, by dataset. */
  readonly #outputOf: ReadonlyMap<string, string>;
  #skips: Skips = new Map();
  /** Nodes of which that is certain by now. */
  readonly #willRun = new Set<Node>();

  constructor(private readonly options: NodeCacheOptions) {
    this.#byName = new Map(options.pipeline.nodes.map((node) => [node.name, node]));
    this.#outputOf = new Map(options.pipeline.allOutputs().map((name) => [datasetOf(name), name]));
  }

  /** Leaves out unchanged nodes, but for those whose outputs are held in memory and needed by a node that runs. */
  async skips(): Promise<Skips> {
    const changed: Node[] = [];
    for (const node of this.options.pipeline.nodes) if (!(await this.#isUnchanged(node))) changed.push(node);
    const toRun = await withNeeded(this.options.pipeline, changed, (dataset) =>
      this.options.catalog.isPersistent(dataset),
    );
    this.#skips = skipOthers(this.options.pipeline, toRun, () => UNCHANGED);
    return this.#skips;
  }

  /**
   * Early cutoff: to be asked when a node that is not left out is to begin. It can be left out after all when what it
   * reads was made again and came out as it was, and nobody who runs needs an output of it that is held in memory.
   */
  async skipNow({ name }: Node): Promise<Skip | null> {
    // A pipeline may be made anew between plan and run: its nodes are the same by their names.
    const node = this.#byName.get(name)!;
    if ((await this.#fateOf(node, new Map())) !== "spared") return null;
    const made = node.inputs.filter((input) => this.#outputOf.has(datasetOf(input)));
    if (made.length === 0) return UNCHANGED;
    return { cause: "same_inputs", reason: `made again, ${made.join(", ")} came out as before` };
  }

  async #fateOf(node: Node, seen: Map<Node, Fate>): Promise<Fate> {
    if (this.#skips.has(node.name)) return "spared";
    const known = this.#willRun.has(node) ? "runs" : seen.get(node);
    if (known !== undefined) return known;
    const fate = await this.#findFate(node, seen);
    seen.set(node, fate);
    if (fate === "runs") this.#willRun.add(node);
    return fate;
  }

  async #findFate(node: Node, seen: Map<Node, Fate>): Promise<Fate> {
    if (!(await this.#isUnchanged(node))) return (await this.#keyOf(node)) === null ? "open" : "runs";
    const { pipeline, catalog } = this.options;
    const held = new Set(node.outputs.filter((output) => !catalog.isPersistent(output)));
    for (const reader of pipeline.childrenOf(node)) {
      if (!reader.inputs.some((name) => held.has(name))) continue;
      const fate = await this.#fateOf(reader, seen);
      if (fate !== "spared") return fate;
    }
    return "spared";
  }

  /** Writes the record of each node whose outputs are all saved. */
  hooks(): Hooks {
    return {
      before_node_run: async ({ node: name }) => {
        const node = this.#byName.get(name)!;
        this.#keys.set(node, await this.#keyOf(node));
      },
      on_node_saved: async ({ node: name }) => {
        const node = this.#byName.get(name)!;
        const key = this.#keys.get(node) ?? null;
        for (const output of node.outputs)
          this.#made.set(datasetOf(output), await this.#contentOf(output, key));
        if (node.outputs.length > 0) await this.#record(node);
      },
    };
  }

  async #isUnchanged(node: Node): Promise<boolean> {
    const { cache, catalog } = this.options;
    const key = await this.#keyOf(node);
    const record = key === null || node.outputs.length === 0 ? null : await cache.get(node.name);
    let isUnchanged = record !== null && record.key === key;
    for (const output of node.outputs) {
      const content = await this.#contentOf(output, key);
      if (!catalog.isPersistent(output)) continue;
      isUnchanged &&= content !== null && content === record!.outputs[output];
    }
    for (const output of node.outputs) {
      const isGone = !isUnchanged && catalog.isPersistent(output);
      this.#made.set(datasetOf(output), isGone ? null : await this.#contentOf(output, key));
    }
    return isUnchanged;
  }

  async #contentOf(output: string, key: string | null): Promise<string | null> {
    if (this.options.catalog.isPersistent(output)) return this.options.fingerprints.of(output);
    return key === null ? null : `${key}/${output}`;
  }

  /** Null when the content of an input is not known. */
  async #keyOf(node: Node): Promise<string | null> {
    const code = codeOf(node);
    if (code === null || node.inputs.length === 0) return null;
    const inputs: Record<string, string> = {};
    for (const name of node.inputs) {
      const content = await this.#inputContent(name);
      if (content === null) return null;
      inputs[name] = content;
    }
    return hashOf([this.options.program, code, node.spec.inputs, node.spec.outputs, inputs]);
  }

  async #inputContent(name: string): Promise<string | null> {
    const { catalog, fingerprints } = this.options;
    if (isParameter(name)) return (await catalog.exists(name)) ? hashOf(await catalog.load(name)) : null;
    const output = this.#outputOf.get(datasetOf(name));
    if (output === undefined) return fingerprints.of(name);
    const made = this.#made.get(datasetOf(name)) ?? null;
    // Another form of it lies in the same place once that is made.
    return made === null || output === name ? made : fingerprints.of(name);
  }

  async #record(node: Node): Promise<void> {
    const key = this.#keys.get(node) ?? null;
    if (key === null) return;
    const outputs: Record<string, string> = {};
    for (const output of node.outputs) {
      if (!this.options.catalog.isPersistent(output)) continue;
      const content = this.#made.get(datasetOf(output)) ?? null;
      if (content === null) return;
      outputs[output] = content;
    }
    await this.options.cache.put({ node: node.name, key, outputs });
  }
}

/** The node's own version, else the text of its function; null for one whose text cannot be read (bound, or native). */
function codeOf(node: Node): string | null {
  if (node.spec.version !== undefined) return `version ${node.spec.version}`;
  const text = node.func.toString();
  return text.includes("[native code]") ? null : text;
}
