import { CHAMPION } from "../domain/deployment.ts";
import { LEARNING_PIPELINES } from "../domain/pipeline-names.ts";
import type { EndStatus, Run, RunStatus } from "../domain/runs/run.ts";
import { endOfRun } from "../domain/runs/run-event.ts";
import type { Store } from "../domain/store.ts";
import type { Saying } from "../lib/saying.ts";

/** Number of runs to read: enough to count failures up to the longest back-off, and to find the last finished run. */
const RECENT_RUNS = 50;

/** The scheduler's access to the store: an implementation of its `SchedulerStoreDeps`. */
export function schedulerStoreDeps(store: Store) {
  return {
    async countNewSamples(): Promise<number> {
      return store.samples.countAfter(await lastTrainedSampleId(store));
    },

    latestSampleId(): Promise<string | null> {
      return store.samples.latestId();
    },

    /** The run is stored as running before its process exists, so that only that process ends it. */
    async createRun(run: {
      id: string;
      pipeline: string;
      params: Record<string, unknown>;
      trigger: string;
      command: string;
      at: string;
      lastSampleId: string | null;
    }): Promise<void> {
      const { at, lastSampleId, ...newRun } = run;
      await store.runs.create(newRun);
      await store.runs.update(run.id, { status: "running", startedAt: at, lastSampleId });
    },

    async setRunPid(id: string, pid: number): Promise<void> {
      await store.runs.update(id, { pid });
    },

    getRun(id: string) {
      return store.runs.get(id);
    },

    /** Stores how the run ended, and the event for those who follow it. */
    async endRun(id: string, end: { status: EndStatus; error: string | null; says?: Saying; at: string }) {
      await store.runs.update(id, { status: end.status, error: end.error, finishedAt: end.at });
      await store.runs.appendEvent({ runId: id, at: end.at, ...endOfRun(end.status, end.error, end.says) });
    },

    async unfinishedRuns() {
      const queued = await store.runs.list({ status: "queued", limit: RECENT_RUNS });
      const running = await store.runs.list({ status: "running", limit: RECENT_RUNS });
      return [...running.runs, ...queued.runs];
    },

    /** Newest first. */
    recentLearningRuns() {
      return learningRuns(store);
    },

    async hasModel(): Promise<boolean> {
      return (await store.models.aliases())[CHAMPION] !== undefined;
    },

    /** Labelled samples: training samples by label, and the number of held-out ones. */
    async labels(): Promise<{ toTrain: Record<string, number>; heldOut: number }> {
      const { byLabelInTrain, bySplit } = await store.samples.stats();
      return { toTrain: byLabelInTrain, heldOut: bySplit.holdout };
    },

    async isPaused(): Promise<boolean> {
      return (await store.scheduler.getState()).paused;
    },

    setPaused(isPaused: boolean): Promise<void> {
      return store.scheduler.setState({ paused: isPaused });
    },

    recordTick(tick: { at: string; decision: string; detail: string }): Promise<void> {
      return store.scheduler.addTick(tick);
    },
  };
}

/** Newest first. */
async function learningRuns(store: Store, status?: RunStatus): Promise<Run[]> {
  const lists = await Promise.all(
    LEARNING_PIPELINES.map((pipeline) => store.runs.list({ pipeline, status, limit: RECENT_RUNS })),
  );
  return lists.flatMap(({ runs }) => runs).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** The newest sample that a finished run was trained on; null when there is no such run. */
async function lastTrainedSampleId(store: Store): Promise<string | null> {
  const runs = await learningRuns(store, "done");
  return runs.reduce<string | null>(
    (newest, { lastSampleId }) =>
      lastSampleId !== null && (newest === null || lastSampleId > newest) ? lastSampleId : newest,
    null,
  );
}
