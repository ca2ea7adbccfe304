import type { SkipCause } from "../../domain/runs/run-event.ts";
import type { Saying } from "../../lib/saying.ts";
import type { DataCatalog } from "../catalog/catalog.ts";

/** Hooks by Kedro's names. All are optional; each may be async and is awaited, in order of registration. */
export interface Hooks {
  after_context_created?(args: { parameters: Record<string, unknown>; env: string | null }): unknown;
  after_catalog_created?(args: { catalog: DataCatalog }): unknown;
  before_pipeline_run?(args: { runParams: RunParams; nodes: readonly string[] }): unknown;
  after_pipeline_run?(args: { runParams: RunParams; outputs: Record<string, unknown> }): unknown;
  on_pipeline_error?(args: { error: unknown; runParams: RunParams }): unknown;
  /** May return values by dataset name, which replace the inputs. */
  before_node_run?(args: { node: string; inputs: Record<string, unknown> }): unknown;
  /** For a generator, called once everything it yielded is saved; `outputs` are then the last ones. */
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
  /** tegaki's own: progress that a node reports through its context. */
  on_node_progress?(args: { node: string; data: Record<string, unknown> }): unknown;
  /** tegaki's own: a line that a node logs through its context. */
  on_node_log?(args: { node: string; message: string; says?: Saying }): unknown;
  /** tegaki's own: a node is skipped. Called instead of all other hooks of the node. */
  on_node_skipped?(args: { node: string } & Skip): unknown;
}

/** The reason why a run skips a node. */
export interface Skip {
  cause: SkipCause;
  /** For people: completes "skipped: ...". */
  reason: string;
}

/** The nodes that a run skips, by name. Planned before the run by `missing-outputs.ts`, `resume.ts` or a CachedRun. */
export type Skips = ReadonlyMap<string, Skip>;

/** The identity and settings of a run, as hooks receive them. */
export interface RunParams {
  runId: string;
  /** The pipeline's registered name. */
  pipeline: string;
  env: string | null;
  parameters: Record<string, unknown>;
  seed: number;
}
