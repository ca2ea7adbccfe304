import type { Actor } from "../domain/actor.ts";
import { CHAMPION } from "../domain/deployment.ts";
import { LEARNING_PIPELINES } from "../domain/pipeline-names.ts";
import type { EndStatus, Run } from "../domain/runs/run.ts";
import { endOfRun } from "../domain/runs/run-event.ts";
import { RUN_TRIGGERS } from "../domain/scheduler/condition.ts";
import type { SchedulerState } from "../domain/scheduler/state.ts";
import type { Store } from "../domain/store.ts";
import type { Clock } from "../lib/clock.ts";
import type { Saying } from "../lib/saying.ts";
import type { News, SchedulerStoreDeps } from "../scheduler/deps.ts";
import type { LabelCounts } from "../scheduler/first-model.ts";

/** Number of runs to read: enough to count failures up to the longest back-off, and to find the last finished run. */
const RECENT_RUNS = 50;

/** The scheduler's access to the store: an implementation of its `SchedulerStoreDeps`. */
export function schedulerStoreDeps(store: Store, clock: Clock): SchedulerStoreDeps {
  /** The last time a person refused to train, and the newest sample that this was about. */
  async function refused(): Promise<SchedulerState["declined"]> {
    const [{ declined }, cancelled] = await Promise.all([
      store.scheduler.getState(),
      cancelledByPerson(store),
    ]);
    if (declined === null || cancelled === null) return declined ?? cancelled;
    const lastSampleId = greatest(declined.lastSampleId, cancelled.lastSampleId);
    return { at: greatest(declined.at, cancelled.at)!, lastSampleId };
  }

  /**
   * Changes count from the start of the last run, or a later decline. A start in the future was recorded while the clock
   * was ahead: until the next run, every change counts. A change in the future does not count before its time comes:
   * each run would start before it.
   */
  function countCorrections(
    { lastSampleId, startedAt }: Trained,
    declinedAt: string | null,
  ): Promise<number> {
    const until = clock.now().toISOString();
    const mark = greatest(startedAt, declinedAt) ?? "";
    return store.samples.countChanged({ arrival: lastSampleId, since: mark > until ? "" : mark, until });
  }

  return {
    async countNewSamples(): Promise<number> {
      return store.samples.countAfter((await lastTrained(store))?.lastSampleId ?? null);
    },

    async news(): Promise<News> {
      const [trained, declined] = await Promise.all([lastTrained(store), refused()]);
      const seen = greatest(trained?.lastSampleId ?? null, declined?.lastSampleId ?? null);
      const isDeclined = seen !== (trained?.lastSampleId ?? null);
      const [newSamples, declinedSamples, oldest, corrections] = await Promise.all([
        store.samples.countAfter(seen),
        isDeclined ? store.samples.countAfter(trained?.lastSampleId ?? null) : null,
        store.samples.firstAfter(seen),
        trained === null ? 0 : countCorrections(trained, declined?.at ?? null),
      ]);
      return { newSamples, untrained: declinedSamples ?? newSamples, oldest, corrections };
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
      startedBy: Actor;
    }): Promise<void> {
      const { at, lastSampleId, ...newRun } = run;
      await store.runs.create(newRun);
      await store.runs.update(run.id, { status: "running", startedAt: at, lastSampleId });
    },

    async setRunPid(id: string, pid: number): Promise<void> {
      await store.runs.update(id, { pid });
    },

    async setCancelledBy(id: string, cancelledBy: Actor): Promise<void> {
      await store.runs.update(id, { cancelledBy });
    },

    getRun(id: string) {
      return store.runs.get(id);
    },

    /** Stores how the run ended, and the event for those who follow it. */
    async endRun(id: string, end: { status: EndStatus; error: string | null; says?: Saying; at: string }) {
      await store.runs.update(id, {
        ...{ status: end.status, error: end.error, finishedAt: end.at },
        // A run that its process took for cancelled may have failed.
        ...(end.status === "cancelled" ? {} : { cancelledBy: null }),
      });
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

    async championVersion(): Promise<number | null> {
      return (await store.models.aliases())[CHAMPION] ?? null;
    },

    /** Labelled samples by label. */
    async labels(): Promise<LabelCounts> {
      const { byLabel, byLabelInTrain } = await store.samples.stats();
      return { byLabel, toTrain: byLabelInTrain };
    },

    async state() {
      const [state, declined] = await Promise.all([store.scheduler.getState(), refused()]);
      return { ...state, declined };
    },
    setPaused: (change) => store.scheduler.setPaused(change),
    setAnsweredAlarm: (since) => store.scheduler.setAnsweredAlarm(since),
    setCron: (mark) => store.scheduler.setCron(mark),
    recordTick: (tick) => store.scheduler.addTick(tick),
    openRequests: () => store.scheduler.requests({ states: ["pending", "approved"] }),
    addRequest: (request) => store.scheduler.addRequest({ ...request, runId: null }),
    getRequest: (id) => store.scheduler.getRequest(id),
    decideRequest: (id, decision) => store.scheduler.decideRequest(id, decision),
    settleRequest: (id, end) => store.scheduler.settleRequest(id, end),
  };
}

/** Newest first. */
async function learningRuns(store: Store): Promise<Run[]> {
  const { runs } = await store.runs.list({ pipelines: LEARNING_PIPELINES, limit: RECENT_RUNS });
  return runs;
}

/**
 * The last run of the scheduler that a person cancelled, with the newest sample that it would have been trained on; null
 * when there is none.
 */
async function cancelledByPerson(store: Store): Promise<SchedulerState["declined"]> {
  const { runs } = await store.runs.list({
    ...{ pipelines: LEARNING_PIPELINES, status: "cancelled", limit: RECENT_RUNS },
  });
  const run = runs.find(
    ({ trigger, cancelledBy }) =>
      RUN_TRIGGERS.some((one) => one === trigger) && cancelledBy !== null && cancelledBy.kind !== "schedule",
  );
  if (run === undefined) return null;
  return { at: run.finishedAt ?? run.createdAt, lastSampleId: run.lastSampleId };
}

/** The samples that finished runs were trained on; null when none was. */
function lastTrained(store: Store): Promise<Trained | null> {
  return store.runs.lastTrained(LEARNING_PIPELINES);
}

type Trained = NonNullable<Awaited<ReturnType<Store["runs"]["lastTrained"]>>>;

/** The later of two ids or ISO times; null only when both are. */
function greatest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
