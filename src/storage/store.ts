import type { Drawing } from "../digits/types.ts";

/**
 * What tegaki keeps, behind an async interface so that PostgreSQL can stand behind it one day.
 * `openStore` in `open.ts` gives the SQLite one. All times are ISO 8601 UTC strings.
 */
export interface Store {
  samples: SampleStore;
  predictions: PredictionStore;
  runs: RunStore;
  nodeCache: NodeCacheStore;
  models: ModelStore;
  scheduler: SchedulerStore;
  /** Resolves when a write would succeed now; throws UnavailableError otherwise (readiness). */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}

export type Split = "train" | "holdout";
/**
 * `negative` is a drawing of none of the classes: it has no label, and teaches the model not to know.
 * `rejected` is one that was withdrawn: kept, never trained on.
 */
export type SampleState = "labelled" | "negative" | "rejected";

export interface NewSample {
  /** Raw strokes, or null when only pixels were given. */
  drawing: Drawing | null;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
  preprocessing: number;
  /** Null for a drawing of none of the classes, which is stored as `negative`. */
  label: string | null;
  predicted: string | null;
  /** 0..1, of `predicted`. */
  confidence: number | null;
  modelVersion: number | null;
  predictionId: string | null;
  writer: string | null;
  /** One sitting of somebody without a name. A group (writer, else session) is never on both sides of the split. */
  session: string | null;
  /** Where it came from: "draw", "api", "import". */
  source: string;
}

export interface Sample extends NewSample {
  /** UUIDv7: ordered by time of creation. */
  id: string;
  split: Split;
  state: SampleState;
  createdAt: string;
  updatedAt: string;
}

export interface SampleQuery {
  /** Opaque, from the page before. */
  cursor?: string;
  label?: string;
  split?: Split;
  state?: SampleState;
  writer?: string;
  /** 1..200, default 50. Newest first. */
  limit?: number;
}

export interface SampleStats {
  total: number;
  byLabel: Record<string, number>;
  bySplit: Record<Split, number>;
  /** Of those to train on. */
  byLabelInTrain: Record<string, number>;
  /** Labelled samples where `predicted` is known, and how many of those were right. */
  predicted: number;
  correct: number;
  /** Drawings of none of the classes; they are in none of the counts above. */
  negatives: number;
}

export interface SampleStore {
  /**
   * Durable when it resolves. With an idempotency key that was used before, returns the sample stored then
   * (`isNew` false); throws ConflictError when that key came with other content.
   */
  insert(sample: NewSample, idempotencyKey?: string): Promise<{ sample: Sample; isNew: boolean }>;
  /** All or nothing, for imports. Returns how many were stored. */
  insertMany(samples: readonly NewSample[]): Promise<number>;
  get(id: string): Promise<Sample | null>;
  list(query: SampleQuery): Promise<{ samples: Sample[]; nextCursor: string | null }>;
  /**
   * A label makes a negative sample a labelled one; the state `negative` takes the label away.
   * @throws InputError when a sample would be labelled without a label, or negative with one.
   */
  update(id: string, change: { label?: string; state?: SampleState }): Promise<Sample | null>;
  delete(id: string): Promise<boolean>;
  /** All labelled samples of a split, oldest first: what pipelines train on. */
  all(split: Split): Promise<Sample[]>;
  /** All negative samples of a split, oldest first. */
  negatives(split: Split): Promise<Sample[]>;
  /** Every sample, oldest first, without holding them all in memory: for export. */
  iterate(): AsyncIterable<Sample>;
  stats(): Promise<SampleStats>;
  /** Labelled samples that no finished tuning run has seen yet: id greater than `sampleId` (all when null). */
  countAfter(sampleId: string | null): Promise<number>;
  latestId(): Promise<string | null>;
}

export interface StoredPrediction {
  id: string;
  label: string;
  confidence: number;
  modelVersion: number;
  createdAt: string;
}

/** Bounded: the oldest are forgotten. Written behind, in batches; a crash may lose the last quarter second. */
export interface PredictionStore {
  add(prediction: StoredPrediction): void;
  get(id: string): Promise<StoredPrediction | null>;
  flush(): Promise<void>;
}

export type RunStatus = "queued" | "running" | "done" | "failed" | "cancelled";

export interface NewRun {
  id: string;
  pipeline: string;
  /** Overrides given by the caller, as `--params` would. */
  params: Record<string, unknown>;
  /** "cli", "api", "page", "new_samples". */
  trigger: string;
  /** The command line that repeats it. */
  command: string;
}

export interface Run extends NewRun {
  status: RunStatus;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Process id of the child while it runs. */
  pid: number | null;
  seed: number | null;
  threads: number | null;
  versions: Record<string, string>;
  /** The newest sample that it trained on; the counter to the next training starts after it. */
  lastSampleId: string | null;
  /** Final metrics by name, and the gate's decision. */
  metrics: Record<string, unknown>;
  error: string | null;
  /** The model version it registered, if any. */
  modelVersion: number | null;
}

export interface RunEvent {
  /** Grows over all runs. */
  seq: number;
  runId: string;
  at: string;
  /** "run_started", "node_started", "node_done", "node_skipped", "node_failed", "progress", "log", "gate", "promoted", "run_done", "run_failed", "run_cancelled". */
  type: string;
  node: string | null;
  data: Record<string, unknown>;
}

/** What a run was given, beside what `Run` says. */
export interface RunDetails {
  env: string | null;
  /** The part of the pipeline that was asked for, by flag: `{from_nodes: [...], tags: [...]}`; empty for all of it. */
  slice: Record<string, string[]>;
  /** The parameters in effect: every layer and override merged. */
  parameters: Record<string, unknown>;
  /** "SequentialRunner", "ParallelRunner". */
  runner: string;
  /** The stamp of the versions that it saves. */
  dataVersion: string;
  /** The run that it continues. */
  resumedFrom: string | null;
  /** What the run's error came from, the nearest first, down to the original with its stack. */
  causes: { name: string; message: string; stack: string | null }[];
}

/** One input or output of a node, as it was in a run. */
export interface RunDataset {
  name: string;
  /** Content hash; null for what is held in memory, or cannot be hashed without being loaded. */
  fingerprint: string | null;
  /** The version that was loaded or saved; null where there are none. */
  version: string | null;
  /** "images", "list", "number", ... */
  type: string;
  /** Rows first, as `[54000, 28, 28]`; null for what has no rows. */
  shape: number[] | null;
}

export interface RunNodeRecord {
  node: string;
  /** 1, 2, 3, ...: its place in the pipeline's order. */
  position: number;
  /** `skipped`: it was not necessary; `not_run`: it needs what a failed node should have made. */
  status: "running" | "done" | "failed" | "skipped" | "not_run";
  startedAt: string | null;
  finishedAt: string | null;
  /** Of the function alone; loading and saving are not in it. */
  durationMs: number | null;
  /** Why it failed, was skipped or not run. */
  reason: string | null;
  inputs: RunDataset[];
  /** Of a node that a resumed run skips: those that the run before it saved. */
  outputs: RunDataset[];
}

export interface RunStore {
  create(run: NewRun): Promise<Run>;
  get(id: string): Promise<Run | null>;
  list(query: { limit?: number; cursor?: string; status?: RunStatus; pipeline?: string }): Promise<{
    runs: Run[];
    nextCursor: string | null;
  }>;
  /** A status that ends the run also thins its events out. */
  update(id: string, change: Partial<Omit<Run, keyof NewRun | "createdAt">>): Promise<Run>;
  appendEvent(event: Omit<RunEvent, "seq">): Promise<RunEvent>;
  /** Once a run; a second call replaces it. @throws NotFoundError when there is no such run. */
  putDetails(id: string, details: RunDetails): Promise<void>;
  details(id: string): Promise<RunDetails | null>;
  /** Adds the record of a node, or replaces it. @throws NotFoundError when there is no such run. */
  putNode(id: string, node: RunNodeRecord): Promise<void>;
  /** In the pipeline's order. */
  nodes(id: string): Promise<RunNodeRecord[]>;
  /**
   * Events with a greater seq, oldest first, of one run or of all. At most `limit` (default 1,000). Of a finished run
   * not everything is kept: see \`event-retention.ts\`.
   */
  eventsAfter(seq: number, query?: { runId?: string; limit?: number }): Promise<RunEvent[]>;
  latestEventSeq(): Promise<number>;
}

/** What the cache knows of a node: one record each, the newest. */
export interface CachedNode {
  node: string;
  /** Hash of its inputs' content, its parameters and its code. */
  key: string;
  /** Content hashes of the outputs that it left, by dataset name. */
  outputs: Record<string, string>;
}

export interface NodeCacheStore {
  get(node: string): Promise<CachedNode | null>;
  put(record: CachedNode): Promise<void>;
}

export type ModelState = "candidate" | "rejected" | "ready" | "broken";

export interface NewModel {
  name: string;
  /** Relative to the data directory, "/" between parts; or "builtin:base". */
  key: string;
  /** Lower-case hex, of model.json then weights.bin. */
  sha256: string;
  runId: string | null;
  parentVersion: number | null;
  /** e.g. mnist_test: {n, accuracy, loss}, app_holdout: {...} */
  metrics: Record<string, unknown>;
  gate: GateRecord | null;
  state: ModelState;
}

export interface GateRecord {
  passed: boolean;
  checks: GateCheck[];
}

export interface GateCheck {
  name: string;
  passed: boolean;
  /** One line in words, with its figures. */
  detail: string;
  /** The same as data, for pages in other languages; older records have none. */
  says?: GateSaying;
}

/** Which sentence, and what is filled in: shares 0..1, counts, and names of classes. */
export interface GateSaying {
  key: string;
  figures: Readonly<Record<string, number | string>>;
}

export interface Model extends NewModel {
  /** 1, 2, 3, ...: never reused. */
  version: number;
  createdAt: string;
}

export interface Deployment {
  id: number;
  alias: string;
  version: number;
  previousVersion: number | null;
  action: "promote" | "rollback" | "fallback";
  /** "gate", "api", "page", "cli", "start". */
  by: string;
  reason: string;
  createdAt: string;
}

export interface ModelStore {
  create(model: NewModel): Promise<Model>;
  get(version: number): Promise<Model | null>;
  /** Newest first. */
  list(): Promise<Model[]>;
  update(version: number, change: Partial<Pick<Model, "state" | "metrics" | "gate">>): Promise<Model>;
  aliases(): Promise<Record<string, number>>;
  /**
   * Moves the alias and appends the deployment in one transaction.
   * @throws ConflictError when `expectedPrevious` is given and the alias points elsewhere.
   */
  moveAlias(
    move: Omit<Deployment, "id" | "createdAt" | "previousVersion"> & { expectedPrevious?: number | null },
  ): Promise<Deployment>;
  /** Newest first. */
  deployments(query?: { alias?: string; limit?: number }): Promise<Deployment[]>;
}

export interface SchedulerTick {
  at: string;
  decision: string;
  detail: string;
}

export interface SchedulerStore {
  /** Bounded: the oldest are forgotten. */
  addTick(tick: SchedulerTick): Promise<void>;
  ticks(limit?: number): Promise<SchedulerTick[]>;
  getState(): Promise<{ paused: boolean }>;
  setState(state: { paused: boolean }): Promise<void>;
}
