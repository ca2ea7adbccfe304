import type { DataCatalog } from "../catalog/catalog.ts";
import { withNeeded } from "../pipeline/needed.ts";
import type { Node } from "../pipeline/node.ts";
import { isParameter } from "../pipeline/parameters.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { datasetOf } from "../pipeline/transcoding.ts";
import { hashOf } from "./canonical.ts";
import { CertainSkips } from "./certain-skips.ts";
import type { Fingerprints } from "./fingerprints.ts";
import type { Hooks, Skip, Skips } from "./hooks.ts";
import { MadeContents } from "./made-contents.ts";
import { skipOthers } from "./missing-outputs.ts";
import { changeBetween, entryHash, keyOf } from "./node-identity.ts";

/** Hashes of a node's inputs and outputs in its last completed run. */
export interface NodeRecord {
  node: string;
  /** Its inputs' content, its parameters, catalog entries and code; see `keyOf`. */
  key: string;
  /** Content hashes of the outputs that outlive the run, by dataset name. */
  outputs: Record<string, string>;
}

/** The storage of records: the newest one per node. */
export interface NodeCache {
  get(node: string): Promise<NodeRecord | null>;
  put(record: NodeRecord): Promise<void>;
}

/** Everything that a CachedRun is built from. */
export interface NodeCacheOptions {
  pipeline: Pipeline;
  catalog: DataCatalog;
  fingerprints: Fingerprints;
  cache: NodeCache;
  /** Represents all code that functions call and that their source text does not show. */
  program: string;
}

const UNCHANGED: Skip = { cause: "unchanged", reason: "inputs, params, catalog, code unchanged" };

/**
 * The content-aware cache of one run: decides which nodes the run may skip, and writes the records for later runs.
 *
 * A node is unchanged when its record has the current key, and each output that outlives the run exists with the
 * content that the record names. A value held in memory cannot be hashed: it is identified by the key of the node that
 * outputs it, because equal inputs, parameters, catalog entries and code give equal outputs. Nodes are assumed to be functions of their
 * inputs; a node without inputs, or without outputs, always runs.
 *
 * Nodes after a changed node are planned to run, because its outputs are not yet known. As each node ends, its readers
 * are evaluated again, once all of their inputs are known: `skipNow` then knows which nodes need not run after all.
 */
export class CachedRun {
  /** Null until it is known, and for the outputs of a node whose code or inputs cannot be hashed. */
  readonly #made: MadeContents;
  readonly #keys = new Map<Node, string | null>();
  readonly #byName: ReadonlyMap<string, Node>;
  /** The name, with its form, under which a node outputs a dataset, by dataset. */
  readonly #outputOf: ReadonlyMap<string, string>;
  /** Nodes to evaluate again. */
  readonly #awake = new Set<Node>();
  #certain: CertainSkips | null = null;
  /** Settles once all nodes that are awake are evaluated. */
  #settled: Promise<void> = Promise.resolve();
  readonly #options: NodeCacheOptions;

  constructor(options: NodeCacheOptions) {
    this.#options = options;
    this.#made = new MadeContents(options.pipeline);
    this.#byName = new Map(options.pipeline.nodes.map((node) => [node.name, node]));
    this.#outputOf = new Map(options.pipeline.allOutputs().map((name) => [datasetOf(name), name]));
  }

  /** Returns the unchanged nodes, except those with outputs held in memory that a node that runs needs. */
  async skips(): Promise<Skips> {
    const { pipeline, catalog } = this.#options;
    const unchanged = new Set<Node>();
    for (const node of pipeline.nodes) if (await this.#isUnchanged(node)) unchanged.add(node);
    const changed = pipeline.nodes.filter((node) => !unchanged.has(node));
    const isPersistent = (dataset: string) => catalog.isPersistent(dataset);
    const toRun = await withNeeded(pipeline, changed, isPersistent);
    const planned = new Set(pipeline.nodes.filter((node) => !toRun.has(node)));
    this.#awake.clear();
    this.#certain = new CertainSkips(pipeline, planned, (output) => !isPersistent(output));
    for (const node of unchanged) if (toRun.has(node)) this.#certain.set(node, true);
    return skipOthers(pipeline, toRun, () => UNCHANGED);
  }

  /**
   * Early cutoff: called just before a node starts that was planned to run. It can be skipped after all when its inputs
   * were rebuilt without change, and no node that runs needs an output of it that is held in memory.
   * @returns why the node is skipped, or null when it has to run.
   */
  async skipNow({ name }: Node): Promise<Skip | null> {
    await this.#settled;
    // A pipeline may be rebuilt between plan and run: its nodes are identified by name.
    const node = this.#byName.get(name)!;
    if (this.#certain?.has(node) !== true) return null;
    const made = node.inputs.filter((input) => this.#outputOf.has(datasetOf(input)));
    if (made.length === 0) return UNCHANGED;
    return { cause: "same_inputs", reason: `inputs rebuilt but unchanged (${made.join(", ")})` };
  }

  /**
   * Returns why a node that has been run before runs again, once its inputs are known: `catalog entry of "raw" changed`.
   * Null when only the absence of a record, or a later node that needs its output, is the reason.
   */
  async reasonToRun(name: string): Promise<string | null> {
    const node = this.#byName.get(name)!;
    const [key, record] = [await this.#keyOf(node), await this.#options.cache.get(name)];
    if (key === null || record === null || node.outputs.length === 0) return null;
    if (record.key !== key) return changeBetween(record.key, key);
    for (const output of node.outputs.filter((one) => this.#options.catalog.isPersistent(one))) {
      const content = await this.#options.fingerprints.of(output);
      if (content === null) return `its output "${output}" does not exist`;
      if (content !== record.outputs[output]) return `its output "${output}" was changed by something else`;
    }
    return null;
  }

  /** Returns hooks that write the record of each node once all its outputs are saved. */
  hooks(): Hooks {
    return {
      before_node_run: async ({ node: name }) => {
        const node = this.#byName.get(name)!;
        this.#keys.set(node, await this.#keyOf(node));
      },
      on_node_saved: async ({ node: name }) => {
        const node = this.#byName.get(name)!;
        const key = this.#keys.get(node) ?? null;
        for (const output of node.outputs) this.#setMade(output, await this.#contentOf(output, key));
        if (node.outputs.length > 0) await this.#record(node);
        await this.#settle();
      },
    };
  }

  #setMade(output: string, content: string | null): void {
    for (const reader of this.#made.set(datasetOf(output), content)) this.#awake.add(reader);
  }

  /** Evaluates nodes whose inputs have become known or have changed; one call at a time, as nodes may run in parallel. */
  async #settle(): Promise<void> {
    if (this.#certain === null) return;
    const certain = this.#certain;
    const settled = this.#settled.then(async () => {
      for (const node of this.#awake) {
        this.#awake.delete(node);
        certain.set(node, await this.#isUnchanged(node));
      }
    });
    this.#settled = settled.catch(() => undefined);
    await settled;
  }

  async #isUnchanged(node: Node): Promise<boolean> {
    const { cache, catalog } = this.#options;
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
      this.#setMade(output, isGone ? null : await this.#contentOf(output, key));
    }
    return isUnchanged;
  }

  async #contentOf(output: string, key: string | null): Promise<string | null> {
    if (this.#options.catalog.isPersistent(output)) return this.#options.fingerprints.of(output);
    return key === null ? null : `${hashOf(key)}/${output}`;
  }

  /** Null when the content of an input is not known. */
  async #keyOf(node: Node): Promise<string | null> {
    const code = codeOf(node);
    if (code === null || node.inputs.length === 0) return null;
    const contents: [string, string][] = [];
    for (const name of node.inputs) {
      const content = await this.#inputContent(name);
      if (content === null) return null;
      contents.push([name, content]);
    }
    const inputs = Object.fromEntries(contents);
    const wiring = hashOf([node.spec.inputs, node.spec.outputs]);
    const entries = this.#entriesOf(node);
    return keyOf({ inputs, entries, wiring, code: hashOf(code), program: this.#options.program });
  }

  #entriesOf(node: Node): Record<string, string> {
    const { catalog } = this.#options;
    const names = [...node.inputs, ...node.outputs];
    return Object.fromEntries(
      names.flatMap((name) => {
        const entry = catalog.entry(name);
        return entry === null ? [] : [[name, entryHash(entry.config)]];
      }),
    );
  }

  async #inputContent(name: string): Promise<string | null> {
    const { catalog, fingerprints } = this.#options;
    if (isParameter(name)) return (await catalog.exists(name)) ? hashOf(await catalog.load(name)) : null;
    const output = this.#outputOf.get(datasetOf(name));
    if (output === undefined) return fingerprints.of(name);
    const made = this.#made.get(datasetOf(name));
    // Another form of the dataset is in the same place once it has been saved.
    return made === null || output === name ? made : fingerprints.of(name);
  }

  async #record(node: Node): Promise<void> {
    const key = this.#keys.get(node) ?? null;
    if (key === null) return;
    const contents: [string, string][] = [];
    for (const output of node.outputs) {
      if (!this.#options.catalog.isPersistent(output)) continue;
      const content = this.#made.get(datasetOf(output));
      if (content === null) return;
      contents.push([output, content]);
    }
    await this.#options.cache.put({ node: node.name, key, outputs: Object.fromEntries(contents) });
  }
}

/** Returns the node's `version`, otherwise its function's source text; null when that is hidden (bound or native). */
function codeOf(node: Node): string | null {
  if (node.spec.version !== undefined) return `version ${node.spec.version}`;
  const text = node.func.toString();
  return text.includes("[native code]") ? null : text;
}
