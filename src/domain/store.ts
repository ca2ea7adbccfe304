import type { AccessStore } from "./access/access-store.ts";
import type { Actor } from "./actor.ts";
import type { Deployment, DeploymentPeriod, DeploymentQuery } from "./deployment.ts";
import type { LearningStore } from "./learning/learning-store.ts";
import type { ForgettingStore, LineageStore } from "./lineage/lineage-store.ts";
import type { Model, ModelFileRecord, NewModel } from "./model.ts";
import type { ModelChange, NewModelChange } from "./model-change.ts";
import type { MonitorStore } from "./monitoring/monitor-store.ts";
import type { NoticeStore } from "./notice.ts";
import type { PersonalStore } from "./personal-store.ts";
import type { StoredPrediction } from "./prediction.ts";
import type { OpinionStore } from "./queue/opinion-store.ts";
import type { QueueGridStore } from "./queue/queue-grid.ts";
import type { QueueStore } from "./queue/queue-store.ts";
import type { CachedNode } from "./runs/cached-node.ts";
import type { NewRun, Run, RunDetails, RunNodeRecord, RunStatus } from "./runs/run.ts";
import type { AnnotationChange, RunAnnotations, RunSort } from "./runs/run-annotations.ts";
import type { NewRunEvent, RunEvent } from "./runs/run-event.ts";
import type {
  NewSample,
  RenderedImage,
  Sample,
  SampleState,
  SampleStats,
  Split,
  StoredDrawing,
} from "./sample.ts";
import type { GridStore } from "./samples/grid/grid-store.ts";
import type { IN_REVIEW, ReviewCounts, ReviewQuery, ScreeningMark } from "./samples/review.ts";
import type { ImportConflict, ImportOutcome, ImportSample, OnConflict } from "./samples/sample-import.ts";
import type { SampleQuery } from "./samples/sheet/sample-filter.ts";
import type { SheetStore } from "./samples/sheet/sheet-store.ts";
import type { NewRequest, RequestState, SchedulerRequest } from "./scheduler/request.ts";
import type { CronMark, SchedulerState } from "./scheduler/state.ts";
import type { SchedulerTick, StoredTick } from "./scheduler/tick.ts";
import type { TrialStore } from "./trials/trial-store.ts";
import type { WebhookStore } from "./webhooks/webhook-store.ts";

/**
 * All persistent data of tegaki, behind an async interface that PostgreSQL could also implement.
 * `openStore` in `open.ts` opens the SQLite implementation. All times are ISO 8601 UTC strings.
 */
export interface Store {
  samples: SampleStore;
  sheet: SheetStore;
  grid: GridStore;
  queue: QueueStore;
  queueGrid: QueueGridStore;
  opinions: OpinionStore;
  predictions: PredictionStore;
  runs: RunStore;
  nodeCache: NodeCacheStore;
  models: ModelStore;
  lineage: LineageStore;
  forgetting: ForgettingStore;
  scheduler: SchedulerStore;
  webhooks: WebhookStore;
  trials: TrialStore;
  notices: NoticeStore;
  personal: PersonalStore;
  monitoring: MonitorStore;
  learning: LearningStore;
  access: AccessStore;
  /** Resolves when a write would succeed now (readiness); throws UnavailableError otherwise. */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}

/** The stored samples. */
export interface SampleStore {
  /**
   * Stores a sample; durable when it resolves. A drawing is kept once: for an idempotency key that was used before, or
   * a drawing that is already stored with this label, returns the stored sample (`isNew` false).
   * @throws ConflictError when that key was used with other content, the drawing is stored with another label, or it
   *   has been forgotten.
   */
  insert(sample: NewSample, idempotencyKey?: string): Promise<{ sample: Sample; isNew: boolean }>;
  /**
   * Stores a batch of an import in one transaction; its size decides how long other writers wait.
   * @param action of `sheet.startImport`, which then can be undone: a sample whose id belongs to another drawing is kept.
   * @returns the result of each row. With "fail" (the default), none is stored when one of them is a conflict.
   */
  insertMany(
    samples: readonly ImportSample[],
    onConflict?: OnConflict,
    action?: number,
  ): Promise<ImportOutcome[]>;
  /** For each row, the conflict that `insertMany` would find now; null when there is none. Nothing is written. */
  conflicts(samples: readonly ImportSample[]): Promise<(ImportConflict | null)[]>;
  get(id: string): Promise<Sample | null>;
  list(query: SampleQuery): Promise<{ samples: Sample[]; nextCursor: string | null }>;
  /**
   * Changes a sample. A label turns a negative sample into a labelled one; the state `negative` removes the label.
   * Returns null when the sample does not exist.
   * @throws InputError when a sample would be labelled without a label, or negative with one.
   */
  update(id: string, change: { label?: string; state?: SampleState }, actor: Actor): Promise<Sample | null>;
  delete(id: string, actor: Actor): Promise<boolean>;
  /**
   * Returns the labelled samples of a split, oldest first. Left out are those that are pinned, those of a held batch, and
   * of the training side those with a suspect label.
   */
  all(split: Split): Promise<Sample[]>;
  /** Whether `all("train")` would return any. */
  hasTrainable(): Promise<boolean>;
  /** Returns the pinned drawings, oldest first. */
  pinned(): Promise<Sample[]>;
  /**
   * Pins a drawing, or releases it. Nothing trains on a pinned one, and its label cannot be changed.
   * @returns null when the sample does not exist. @throws ConflictError for a sample without a label in use.
   */
  pin(id: string, isPinned: boolean): Promise<Sample | null>;
  /** Records what a run's screening found. A label that has changed since, or has a review already, keeps its own. */
  putMarks(runId: string, marks: readonly ScreeningMark[]): Promise<void>;
  /** Returns a page of the labels in review, the least probable first. */
  inReview(query: ReviewQuery): Promise<{ samples: Sample[]; nextCursor: string | null }>;
  reviewCounts(): Promise<ReviewCounts>;
  /** Takes a label, or all that a run has put there, out of review: they are right. @returns how many. */
  confirm(which: { id: string } | { runId: string }): Promise<number>;
  /**
   * Undoes a decision about a label that was in review: it has its earlier label again, and is in review as before.
   * @returns null when the sample does not exist. @throws ConflictError for one that no run has put into review.
   */
  reviewAgain(
    id: string,
    before: { label: string; state: (typeof IN_REVIEW)[number] },
    actor: Actor,
  ): Promise<Sample | null>;
  /** Withdraws all labels that a run has put into review. @returns how many. */
  rejectHeld(runId: string, actor: Actor): Promise<number>;
  /** Returns all negative samples of a split, oldest first. */
  negatives(split: Split): Promise<Sample[]>;
  /** Returns the samples that follow an id in order of creation, the first ones for null. */
  pageAfter(id: string | null, limit: number): Promise<Sample[]>;
  /** Iterates over every sample, oldest first, without holding them all in memory, for export. */
  iterate(): AsyncIterable<Sample>;
  /** Returns up to `limit` drawings whose image is of an older preprocessing. */
  outdated(preprocessing: number, limit: number): Promise<StoredDrawing[]>;
  /** Replaces the images of drawings in one transaction. `updatedAt` is kept: no person changed them. */
  putImages(images: readonly RenderedImage[], preprocessing: number): Promise<void>;
  stats(): Promise<SampleStats>;
  /** Counts the labelled samples that arrived after `arrival`, or all when it is null. */
  countAfter(arrival: string | null): Promise<number>;
  /** Returns the first labelled sample that arrived after `arrival`, with the time of its arrival (ISO). */
  firstAfter(arrival: string | null): Promise<{ arrival: string; at: string } | null>;
  /**
   * Counts the samples up to `arrival` whose label or state a person has changed after `since`, up to `until` (ISO).
   * Rendering drawings again does not count.
   */
  countChanged(query: { arrival: string; since: string; until: string }): Promise<number>;
  /** Returns the `arrival` of the newest sample. */
  latestId(): Promise<string | null>;
  /**
   * Returns a string that differs after samples were added or removed, by any process, or changed, by this one.
   */
  revision(): Promise<string>;
}

/** The recent predictions; the oldest are dropped. Written in batches: a crash may lose the last quarter second. */
export interface PredictionStore {
  /** Adds a prediction, without waiting for anything. @throws {RangeError} for a confidence outside 0..1. */
  add(prediction: StoredPrediction): void;
  get(id: string): Promise<StoredPrediction | null>;
  /** Writes all pending predictions. */
  flush(): Promise<void>;
}

/** The runs, with their events and records. */
export interface RunStore {
  create(run: NewRun): Promise<Run>;
  get(id: string): Promise<Run | null>;
  /**
   * Newest first, by the order in which they were created, unless `sort` says otherwise.
   * @param query.pipelines any of them.
   * @param query.search    words, each a part of the id, the pipeline, a tag, the note or a parameter (`name=value`).
   * @param query.cursor    of a list with the same order.
   */
  list(query: {
    limit?: number;
    cursor?: string;
    status?: RunStatus;
    pipeline?: string;
    pipelines?: readonly string[];
    search?: string;
    tag?: string;
    sort?: RunSort;
  }): Promise<{
    runs: Run[];
    nextCursor: string | null;
  }>;
  /**
   * Returns what the finished runs of some pipelines were trained on: the newest sample that any of the last 50 has
   * seen, and the start of the newest. Null when none has seen a sample.
   */
  lastTrained(
    pipelines: readonly string[],
  ): Promise<{ lastSampleId: string; startedAt: string | null } | null>;
  /** Changes a run. A final status also removes most of its progress events. */
  update(id: string, change: Partial<Omit<Run, keyof NewRun | "createdAt">>): Promise<Run>;
  /** Returns what people have written about these runs, in the same order. */
  annotations(ids: readonly string[]): Promise<RunAnnotations[]>;
  /**
   * Changes the tags and the note of a run, and records who did.
   * @throws NotFoundError when there is no such run; InputError for a tag or a note that is too long, or too many tags.
   */
  annotate(id: string, change: AnnotationChange, actor: Actor): Promise<RunAnnotations>;
  /** Returns the most frequent tags, at most 50, with the number of their runs. */
  tags(): Promise<{ tag: string; runs: number }[]>;
  /** Counts the runs of each status that there is. */
  countByStatus(): Promise<Partial<Record<RunStatus, number>>>;
  appendEvent(event: NewRunEvent): Promise<RunEvent>;
  /** Stores the details of a run, or replaces them. @throws NotFoundError when there is no such run. */
  putDetails(id: string, details: RunDetails): Promise<void>;
  details(id: string): Promise<RunDetails | null>;
  /** Adds the record of a node, or replaces it. @throws NotFoundError when there is no such run. */
  putNode(id: string, node: RunNodeRecord): Promise<void>;
  /** Returns the records of a run's nodes, in the pipeline's order. */
  nodes(id: string): Promise<RunNodeRecord[]>;
  /**
   * Returns events with a greater seq, oldest first, of one run or of all; at most `limit` (default 1,000). Not all
   * events of a finished run are kept: see \`event-retention.ts\`.
   */
  eventsAfter(seq: number, query?: { runId?: string; limit?: number }): Promise<RunEvent[]>;
  latestEventSeq(): Promise<number>;
  /** Returns the event that ended a run; null for a run without one. */
  endEvent(runId: string): Promise<RunEvent | null>;
}

/** The records of the node cache, one per node. */
export interface NodeCacheStore {
  get(node: string): Promise<CachedNode | null>;
  put(record: CachedNode): Promise<void>;
}

/** The model versions, their aliases and the history of deployments. */
export interface ModelStore {
  create(model: NewModel): Promise<Model>;
  get(version: number): Promise<Model | null>;
  /** Newest first, also those whose files were removed. */
  list(): Promise<Model[]>;
  /** One page, newest first. @param query.before returns versions below this one. */
  page(query: { limit: number; before?: number }): Promise<Model[]>;
  /** The records of the files of all versions, newest first; quick for any number of versions. */
  files(): Promise<ModelFileRecord[]>;
  update(
    version: number,
    change: Partial<Pick<Model, "metrics" | "gate"> & { state: Exclude<Model["state"], "deleted"> }>,
  ): Promise<Model>;
  aliases(): Promise<Record<string, number>>;
  /**
   * Moves the alias and appends the deployment in one transaction.
   * @throws ConflictError when `expectedPrevious` is given and the alias points elsewhere, or the version's files were
   *   removed.
   */
  moveAlias(
    move: Omit<Deployment, "id" | "createdAt" | "previousVersion"> & { expectedPrevious?: number | null },
  ): Promise<Deployment>;
  /** Newest first. */
  deployments(query?: { alias?: string; limit?: number }): Promise<Deployment[]>;
  /** One page of the deployment log, each with its end. */
  deploymentLog(query: DeploymentQuery): Promise<DeploymentPeriod[]>;
  /**
   * Points an alias that has no deployments to a version, and records it.
   * @throws NotFoundError when there is no such version; ConflictError when its files were removed.
   */
  setAlias(alias: string, version: number, actor: Actor): Promise<void>;
  /** Removes an alias that has no deployments, and records it. @returns the version; null when there was none. */
  removeAlias(alias: string, actor: Actor): Promise<number | null>;
  /**
   * Changes note and tags, and records each change. A null removes.
   * @throws NotFoundError when there is no such version.
   */
  annotate(
    version: number,
    change: { note?: string | null; tags?: Readonly<Record<string, string | null>> },
    actor: Actor,
  ): Promise<Model>;
  /** Records the change, and that the version's files are removed. @throws ConflictError while an alias points to it. */
  markDeleted(change: NewModelChange): Promise<Model>;
  /** Records a change that is made elsewhere. */
  addChange(change: NewModelChange): Promise<void>;
  /** The changes to one version or to all, newest first. @param query.before returns changes before this id. */
  changes(query: { version?: number; limit: number; before?: number }): Promise<ModelChange[]>;
}

/** The scheduler's state, its recent decisions, and what waits for a person. */
export interface SchedulerStore {
  /** Adds a decision; the oldest are dropped. */
  addTick(tick: SchedulerTick): Promise<void>;
  /** Returns the newest decisions first. @param query with `before`, only those with a smaller `seq`. */
  ticks(query?: { limit?: number; before?: number }): Promise<StoredTick[]>;
  getState(): Promise<SchedulerState>;
  setPaused(change: { paused: boolean; by: Actor; reason: string | null }): Promise<void>;
  setCron(cron: CronMark): Promise<void>;
  /** @param since the start of the alarm that a run answers. */
  setAnsweredAlarm(since: string | null): Promise<void>;
  /** Adds a request; the oldest decided ones are dropped. @param state "pending", or "approved" by who requests it. */
  addRequest(
    request: NewRequest & { state: "pending" | "approved"; runId: string | null },
  ): Promise<SchedulerRequest>;
  getRequest(id: number): Promise<SchedulerRequest | null>;
  /** Returns the newest requests first; at most `limit` (default 50). @param query with `before`, only those with a smaller id. */
  requests(query?: {
    kind?: SchedulerRequest["kind"];
    states?: readonly RequestState[];
    limit?: number;
    before?: number;
  }): Promise<SchedulerRequest[]>;
  /**
   * Records a person's decision about a pending request. Declining a run also makes every trigger count from now.
   * @throws NotFoundError when there is no such request; ConflictError when it is no longer pending.
   */
  decideRequest(
    id: number,
    decision: { state: "approved" | "declined"; by: Actor; reason: string },
  ): Promise<SchedulerRequest>;
  /**
   * Records that an approved request was carried out, that its reason has passed, or that it waits again because it
   * could not be carried out. No effect on one that was declined or closed.
   */
  settleRequest(id: number, end: { state: "done" | "withdrawn" | "pending"; runId?: string }): Promise<void>;
}
