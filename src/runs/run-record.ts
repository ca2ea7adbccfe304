import { readParams } from "../config/params.ts";
import { toPlain } from "../config/tree.ts";
import type { Run, RunDetails } from "../domain/run.ts";
import { endOfRun, type RunEventBody } from "../domain/run-event.ts";
import type { Store } from "../domain/store.ts";
import type { Hooks } from "../engine/run/hooks.ts";
import { TFJS_VERSION } from "../kernels/tfjs-version.ts";
import { ConflictError, messageOf } from "../lib/errors.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { systemProcesses } from "../scheduler/processes.ts";
import type { Registered } from "./registered.ts";

export interface RunToBegin {
  id: string;
  pipeline: string;
  params: string | undefined;
  command: string;
  threads: number;
  /** The newest sample that the run which is resumed was given. */
  lastSampleId?: string | null;
  details: RunDetails;
}

/**
 * Marks the run as running: the one that the scheduler has created under this id, or a new one.
 *
 * @throws ConflictError when another run is going on: two would compete for the same cores and the same champion.
 */
export async function beginRun(
  store: Store,
  runtime: Runtime,
  project: Project,
  begin: RunToBegin,
): Promise<Run> {
  await refuseSecondRun(store, begin.id);
  const { id, pipeline, params, command, threads, details } = begin;
  const known = await store.runs.get(id);
  if (known === null) {
    await store.runs.create({
      id,
      pipeline,
      params: toPlain(readParams(params ?? "", [])) as Record<string, unknown>,
      trigger: "cli",
      command,
    });
  }
  await store.runs.putDetails(id, details);
  return store.runs.update(id, {
    status: "running",
    startedAt: known?.startedAt ?? runtime.clock.now().toISOString(),
    pid: process.pid,
    seed: project.config.parameters.seed,
    threads,
    versions: { tegaki: runtime.version, bun: Bun.version, tfjs: TFJS_VERSION },
    lastSampleId: begin.lastSampleId ?? known?.lastSampleId ?? (await store.samples.latestId()),
  });
}

/** Whether a process still works on the run. */
export function isGoingOn({ id, pid, status }: Run): boolean {
  return status === "running" && pid !== null && systemProcesses.isAlive({ id, pid });
}

async function refuseSecondRun(store: Store, ownId: string): Promise<void> {
  const { runs } = await store.runs.list({ status: "running" });
  const other = runs.find((run) => run.id !== ownId && isGoingOn(run));
  if (other === undefined) return;
  throw new ConflictError(
    `Cannot start a run: run ${other.id} of ${other.pipeline} is going on (process ${other.pid}). Wait for it, or cancel it`,
  );
}

export interface RunRecordOptions {
  store: Pick<Store, "runs">;
  runtime: Pick<Runtime, "clock">;
  runId: string;
  details: RunDetails;
  signal: AbortSignal;
  /** What became of the model that the run made; asked for when the run has ended well. */
  registered(): Registered;
}

/** Ends the run's record: with what was registered, or with the error and what that came from. */
export function runRecordHooks({
  store,
  runtime,
  runId,
  details,
  signal,
  registered,
}: RunRecordOptions): Hooks {
  const now = () => runtime.clock.now().toISOString();
  const tell = (body: RunEventBody) => store.runs.appendEvent({ runId, at: now(), ...body });
  return {
    async after_pipeline_run() {
      const { metrics, modelVersion, isPromoted } = registered();
      await store.runs.update(runId, { status: "done", finishedAt: now(), metrics, modelVersion });
      await tell({ type: "run_done", modelVersion, isPromoted });
    },
    async on_pipeline_error({ error }) {
      const message = messageOf(error);
      const status = signal.aborted ? "cancelled" : "failed";
      await store.runs.putDetails(runId, { ...details, causes: causesOf(error) });
      await store.runs.update(runId, { status, finishedAt: now(), error: message });
      await tell(endOfRun(status, message));
    },
  };
}

/** Errors may name each other as causes; a record needs no more than this. */
const MAX_CAUSES = 10;

/** What an error came from, the nearest first. Of several at once, each with its own. */
function causesOf(error: unknown, left = MAX_CAUSES): RunDetails["causes"] {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause === undefined || left === 0) return [];
  const nearest: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return nearest
    .slice(0, left)
    .flatMap((found) => [
      found instanceof Error
        ? { name: found.name, message: messageOf(found), stack: found.stack ?? null }
        : { name: typeof found, message: messageOf(found), stack: null },
      ...causesOf(found, left - 1),
    ]);
}
