import type { DataCatalog } from "./catalog/catalog.ts";
import type { Node } from "./pipeline/node.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";

/** What a node may use beside its inputs: to say how far it is, and to learn that it should stop. */
export interface NodeContext {
  /** Aborted when the run is cancelled: long loops look at it. */
  signal: AbortSignal;
  /** Structured progress; reaches the terminal, the store and the pages through hooks. */
  progress(data: Record<string, unknown>): void;
  log(message: string): void;
}

/**
 * A plain function of its inputs, in the order of the node, then a NodeContext. It returns its one output; an array
 * when the node lists its outputs; an object with the same fields when the node names them by an object.
 * A generator function, async or not, yields such values instead, and each is saved before the next is asked for.
 * Inputs are not copied: it must not change them.
 */
// biome-ignore lint/suspicious/noExplicitAny: inputs are typed by each function itself
export type NodeFunction = (...args: any[]) => unknown;

export interface NodeSpec {
  func: NodeFunction;
  /** Dataset names; `params:a.b` gives one parameter, `parameters` all. An object names the fields of one argument. */
  inputs: string | readonly string[] | Readonly<Record<string, string>> | null;
  outputs: string | readonly string[] | Readonly<Record<string, string>> | null;
  /**
   * Letters, digits, hyphens, underscores and full stops. Defaults to the function's name and a hash of it and its
   * inputs and outputs, as in Kedro 1.x. A minified build shortens the names of functions: name what is public.
   */
  name?: string;
  tags?: string | readonly string[];
  namespace?: string;
  /**
   * Stands for the code in the cache. Without it that is the text of the function, which does not show a change in
   * what the function calls: give a version, and another one with each such change.
   */
  version?: string;
}

/** Loads and saves one named value. One class a dataset type, in `src/datasets`. */
export interface Dataset<T = unknown> {
  load(): Promise<T>;
  save(value: T): Promise<void>;
  exists(): Promise<boolean>;
  describe(): Record<string, unknown>;
  /** Drops what is held in memory only; a later load finds nothing. */
  release?(): void;
  /** Held in memory only: gone after the run, so that a skipped node cannot leave it to a later one. */
  readonly isEphemeral?: boolean;
  /**
   * For run records and the cache: a hash of the content that `load` would give now, where that is cheap. It differs
   * whenever the content does. Null when nothing is there, or the content cannot be known without loading it.
   */
  fingerprint?(): Promise<string | null>;
  /** The stamps of its versions that are there whole, newest first. */
  versions?(): Promise<string[]>;
}

/** Secrets of one name, from conf/local/credentials.yml. Never printed, never in a description. */
export type Credentials = Readonly<Record<string, unknown>>;

/** What a dataset may need beside its entry. */
export interface DatasetContext {
  /** Loads this version, not the newest. */
  loadVersion?: string;
  /** Those that the entry names. */
  credentials?: Credentials;
}

/** An entry of catalog.yml after merging and validation. */
export interface DatasetConfig {
  type: string;
  filepath?: string;
  versioned?: boolean;
  /** The newest versions to keep; all when not given. */
  retain?: number;
  /** The name of a check that what is loaded and saved must pass. */
  validator?: string;
  load_args?: Record<string, unknown>;
  save_args?: Record<string, unknown>;
  credentials?: string;
  metadata?: Record<string, unknown>;
  [option: string]: unknown;
}

/** Made by composition for each `type`; gets the name for error messages. */
export type DatasetFactory = (name: string, config: DatasetConfig, context: DatasetContext) => Dataset;

/** Kedro's hook names. Every one is optional; each may be async and is awaited, in order of registration. */
export interface Hooks {
  after_context_created?(args: { parameters: Record<string, unknown>; env: string | null }): unknown;
  after_catalog_created?(args: { catalog: DataCatalog }): unknown;
  before_pipeline_run?(args: { runParams: RunParams; nodes: readonly string[] }): unknown;
  after_pipeline_run?(args: { runParams: RunParams; outputs: Record<string, unknown> }): unknown;
  on_pipeline_error?(args: { error: unknown; runParams: RunParams }): unknown;
  /** May return an object by dataset name: those values take the place of the inputs'. */
  before_node_run?(args: { node: string; inputs: Record<string, unknown> }): unknown;
  /** Of a generator it is called once all that it yielded is saved; `outputs` are then the last ones. */
  after_node_run?(args: {
    node: string;
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
    durationMs: number;
  }): unknown;
  on_node_error?(args: { node: string; error: unknown }): unknown;
  before_dataset_loaded?(args: { dataset: string; node: string }): unknown;
  after_dataset_loaded?(args: { dataset: string; data: unknown; node: string }): unknown;
  before_dataset_saved?(args: { dataset: string; data: unknown; node: string }): unknown;
  after_dataset_saved?(args: { dataset: string; data: unknown; node: string }): unknown;
  /** tegaki's own: all outputs of a node are saved. */
  on_node_saved?(args: { node: string }): unknown;
  /** tegaki's own: what a node says through its context. */
  on_node_progress?(args: { node: string; data: Record<string, unknown> }): unknown;
  on_node_log?(args: { node: string; message: string }): unknown;
  /** tegaki's own: a node that is left out, in the place of all other hooks of the node. */
  on_node_skipped?(args: { node: string } & Skip): unknown;
}

/** Why a run leaves a node out. */
export interface Skip {
  /**
   * `unchanged`: the cache knows its outputs; `same_inputs`: the same, found out during the run, for what it reads was
   * made again and came out as it was; `outputs_exist`: only missing outputs were asked for; `finished`: the run
   * that is resumed has done it; `upstream_failed`: it needs what a failed node should have made.
   */
  cause: "unchanged" | "same_inputs" | "outputs_exist" | "finished" | "upstream_failed";
  /** For people: completes "skipped: ...". */
  reason: string;
}

/** What a run leaves out, by the node's name. Made before the run by `missing-outputs.ts`, `resume.ts` or a NodeCache. */
export type Skips = ReadonlyMap<string, Skip>;

export interface RunParams {
  runId: string;
  pipeline: string;
  env: string | null;
  parameters: Record<string, unknown>;
  seed: number;
}

export interface RunArguments {
  pipeline: Pipeline;
  catalog: DataCatalog;
  hooks: readonly Hooks[];
  runParams: RunParams;
  /** Nodes to leave out; what the others need of them must be in the catalog. None by default. */
  skips?: Skips;
  /** Asked before each other node begins: why it can be left out after all, or null. */
  skipNow?(node: Node): Promise<Skip | null>;
  /** Goes on with every node that does not need what a failed one should have made; it still throws at the end. */
  continueOnError?: boolean;
  signal?: AbortSignal;
}

export interface Runner {
  /**
   * Runs the nodes; loads inputs and saves outputs through the catalog, each as soon as its node is done.
   * @returns outputs that nothing consumed and the catalog does not name, by dataset name; not those of skipped nodes.
   * @throws PipelineError naming each node that failed, with the original as `cause` (an AggregateError of several);
   *   RunCancelledError after an abort.
   */
  run(args: RunArguments): Promise<Record<string, unknown>>;
}
