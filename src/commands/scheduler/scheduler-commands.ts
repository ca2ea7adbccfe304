import { COMMAND_LINE } from "../../domain/actor.ts";
import { FIRST, TUNING } from "../../domain/pipeline-names.ts";
import type { Run } from "../../domain/runs/run.ts";
import type { SchedulerRequest } from "../../domain/scheduler/request.ts";
import type { StoredTick } from "../../domain/scheduler/tick.ts";
import type { Store } from "../../domain/store.ts";
import { NotFoundError, UnavailableError } from "../../lib/errors.ts";
import { championDrift } from "../../monitoring/drift/scheduler-drift.ts";
import { ensureBaseModel } from "../../project/model-sources.ts";
import {
  hasStore,
  loadProject,
  openProjectStore,
  type Project,
  type ProjectOptions,
} from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import { stillRunning } from "../../scheduler/failures.ts";
import type { OutlookDeps } from "../../scheduler/outlook.ts";
import { readOutlook } from "../../scheduler/outlook.ts";
import { systemProcesses } from "../../scheduler/processes.ts";
import { decideRequest, setPaused } from "../../scheduler/requests.ts";
import type { SchedulerOutlook } from "../../scheduler/status.ts";
import { systemTimers } from "../../scheduler/timers.ts";
import { schedulerConfig } from "../../server/scheduler-config.ts";
import { schedulerStoreDeps } from "../../server/scheduler-store.ts";
import { isDataDirLocked } from "../../storage/lock.ts";
import { approvedPromotionOf } from "./approve-promotion.ts";

/** The scheduler as the command line shows it. */
export interface SchedulerReport {
  outlook: SchedulerOutlook;
  /** Whether a server is running that acts on it. */
  isServed: boolean;
  /** Newest first. */
  pending: SchedulerRequest[];
  ticks: StoredTick[];
  /** Null when there was none. */
  lastRun: Run | null;
}

/** The operations of `tegaki scheduler`. A running server notices what they store. */
export interface SchedulerCommands {
  /** @param options with `at`, the decision is that of a dry run. @throws NotFoundError when the project has no store. */
  status(options: ProjectOptions & { at?: Date }): Promise<SchedulerReport>;
  setPaused(options: ProjectOptions & { paused: boolean; reason: string | null }): Promise<void>;
  decide(
    options: ProjectOptions & { id: number; state: "approved" | "declined"; reason: string },
  ): Promise<SchedulerRequest>;
  /**
   * Lets the running server start a training run.
   * @returns the run's id once it has started, or, when no server is running, the pipeline to run here.
   * @throws ConflictError when another run is running; UnavailableError when the server does not start it in time.
   */
  request(options: ProjectOptions): Promise<{ runId: string } | { pipeline: string }>;
}

/** How many decisions `status` shows. */
const TICKS = 5;
/** How long the server may take: it checks every 2 s. */
const START_WAIT_MS = 20_000;
const POLL_MS = 200;

/** Creates `tegaki scheduler`. */
export function schedulerCommands(runtime: Runtime): SchedulerCommands {
  async function withStore<T>(
    options: ProjectOptions,
    use: (store: Store, project: Project) => Promise<T>,
  ): Promise<T> {
    const project = await loadProject(runtime, options);
    if (!(await hasStore(project))) {
      throw new NotFoundError(`${project.dir} has no store yet. Start tegaki there first`);
    }
    const store = await openProjectStore(runtime, project);
    try {
      await ensureBaseModel(runtime, store, project.config.parameters.classes);
      return await use(store, project);
    } finally {
      await store.close();
    }
  }

  const depsOf = (store: Store, project: Project): OutlookDeps => {
    const config = schedulerConfig(project.config);
    return {
      store: schedulerStoreDeps(store, runtime.clock),
      clock: runtime.clock,
      timers: systemTimers,
      processes: systemProcesses,
      drift: () => championDrift(store),
      config: () => config,
    };
  };

  return {
    status: (options) =>
      withStore(options, async (store, project) => {
        const [outlook, pending, ticks, { runs }] = await Promise.all([
          readOutlook(depsOf(store, project), options.at),
          store.scheduler.requests({ states: ["pending"] }),
          store.scheduler.ticks({ limit: TICKS }),
          store.runs.list({ limit: 1 }),
        ]);
        const isServed = isDataDirLocked(project.dataDir);
        return { outlook, isServed, pending, ticks, lastRun: runs[0] ?? null };
      }),
    setPaused: (options) =>
      withStore(options, (store, project) =>
        setPaused(depsOf(store, project), {
          paused: options.paused,
          by: COMMAND_LINE,
          reason: options.reason,
        }),
      ),
    decide: ({ id, state, reason, ...options }) =>
      withStore(options, (store, project) => {
        const promote = approvedPromotionOf(runtime, store, project);
        const verdict = { state, by: COMMAND_LINE, via: "cli" as const, reason };
        return decideRequest({ ...depsOf(store, project), promote }, id, verdict);
      }),
    async request(options) {
      const project = await loadProject(runtime, options);
      const isServed = isDataDirLocked(project.dataDir);
      return withStore(options, async (store) => {
        const { status } = await readOutlook(depsOf(store, project));
        if (status.runningRunId !== null) throw stillRunning(status.runningRunId);
        const pipeline = status.firstModel === null ? TUNING : FIRST;
        return isServed ? { runId: await startedByServer(store, pipeline) } : { pipeline };
      });
    },
  };
}

async function startedByServer(store: Store, pipeline: string): Promise<string> {
  const { id } = await store.scheduler.addRequest({
    ...{ kind: "run", state: "approved", pipeline, trigger: "cli", runId: null },
    ...{ modelVersion: null, expectedPrevious: null },
    ...{ reason: "requested on the command line", requestedBy: COMMAND_LINE },
  });
  for (let waitedMs = 0; waitedMs < START_WAIT_MS; waitedMs += POLL_MS) {
    const request = await store.scheduler.getRequest(id);
    if (request?.runId != null) return request.runId;
    await new Promise<void>((resolve) => systemTimers.after(POLL_MS, resolve));
  }
  await store.scheduler.settleRequest(id, { state: "withdrawn" });
  throw new UnavailableError(
    `The server has not started the run within ${START_WAIT_MS / 1000} s, and the request was withdrawn. Its log says why`,
  );
}
