import type { CachedNode } from "./cached-node.ts";
import type { Deployment } from "./deployment.ts";
import type { Model, NewModel } from "./model.ts";
import type { StoredPrediction } from "./prediction.ts";
import type { NewRun, Run, RunDetails, RunNodeRecord, RunStatus } from "./run.ts";
import type { NewRunEvent, RunEvent } from "./run-event.ts";
import type { NewSample, Sample, SampleQuery, SampleState, SampleStats, Split } from "./sample.ts";
import type { SchedulerTick } from "./scheduler-tick.ts";

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

/** Bounded: the oldest are forgotten. Written behind, in batches; a crash may lose the last quarter second. */
export interface PredictionStore {
  add(prediction: StoredPrediction): void;
  get(id: string): Promise<StoredPrediction | null>;
  flush(): Promise<void>;
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
  appendEvent(event: NewRunEvent): Promise<RunEvent>;
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

export interface NodeCacheStore {
  get(node: string): Promise<CachedNode | null>;
  put(record: CachedNode): Promise<void>;
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

export interface SchedulerStore {
  /** Bounded: the oldest are forgotten. */
  addTick(tick: SchedulerTick): Promise<void>;
  ticks(limit?: number): Promise<SchedulerTick[]>;
  getState(): Promise<{ paused: boolean }>;
  setState(state: { paused: boolean }): Promise<void>;
}
