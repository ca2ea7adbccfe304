import { assign } from "../config/assignments.ts";
import { readParams } from "../config/params.ts";
import { emptyMapping, toPlain } from "../config/tree.ts";
import { COMMAND_LINE, SCHEDULE } from "../domain/actor.ts";
import type { Run, RunDetails } from "../domain/runs/run.ts";
import { endOfRun, type RunEventBody } from "../domain/runs/run-event.ts";
import type { Store } from "../domain/store.ts";
import type { Hooks } from "../engine/run/hooks.ts";
import { TFJS_VERSION } from "../kernels/tfjs-version.ts";
import { ConflictError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { systemProcesses } from "../scheduler/processes.ts";
import type { Registered } from "./registered.ts";
import type { RunFailures } from "./run-failures.ts";

/** A run to record as started. */
export interface RunToBegin {
  id: string;
  pipeline: string;
  params: string | undefined;
  command: string;
  threads: number;
  /** The newest sample that the resumed run was trained on. */
  lastSampleId?: string | null;
  details: RunDetails;
}

/**
 * Records the run as running: the one that the scheduler has created under this id, or a new one.
 *
 * @throws ConflictError when another run is running: the two would compete for the same cores and the same champion.
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
      params: paramsOf(params),
      trigger: "cli",
      command,
      startedBy: COMMAND_LINE,
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

/** Returns the parameters of `--params` in groups. */
export function paramsOf(params: string | undefined): Record<string, unknown> {
  return toPlain(assign(emptyMapping(), readParams(params ?? "", []), [])) as Record<string, unknown>;
}

/** Whether the run's process is alive. */
export function isRunning({ id, pid, status }: Run): boolean {
  return status === "running" && pid !== null && systemProcesses.isAlive({ id, pid });
}

async function refuseSecondRun(store: Store, ownId: string): Promise<void> {
  const { runs } = await store.runs.list({ status: "running" });
  const other = runs.find((run) => run.id !== ownId && isRunning(run));
  if (other === undefined) return;
  throw new ConflictError(
    `Cannot start a run: run ${other.id} of ${other.pipeline} is still running (process ${other.pid}). Wait for it to finish, or cancel it`,
    { says: saying("otherRun", { runId: other.id, pipeline: other.pipeline, pid: other.pid ?? "" }) },
  );
}

/** The run whose end is recorded. */
export interface RunRecordOptions {
  store: Pick<Store, "runs">;
  runtime: Pick<Runtime, "clock">;
  runId: string;
  details: RunDetails;
  signal: AbortSignal;
  failures: RunFailures;
  /** Returns the result of registering the run's model; called after a run that succeeded. */
  registered(): Registered;
  /** Whether a server has started it, so that it ends when the server does. */
  isOfServer: boolean;
}

/** Records the end of the run: the registered model, or the error with its causes. */
export function runRecordHooks({
  store,
  runtime,
  runId,
  details,
  signal,
  failures,
  registered,
  isOfServer,
}: RunRecordOptions): Hooks {
  const now = () => runtime.clock.now().toISOString();
  const append = (body: RunEventBody) => store.runs.appendEvent({ runId, at: now(), ...body });
  return {
    async after_pipeline_run() {
      const { metrics, modelVersion, isPromoted } = registered();
      await store.runs.update(runId, { status: "done", finishedAt: now(), metrics, modelVersion });
      await append({ type: "run_done", modelVersion, isPromoted });
    },
    async on_pipeline_error({ error }) {
      const { message, says } = failures.sentenceOf(error);
      const status = signal.aborted ? "cancelled" : "failed";
      await store.runs.putDetails(runId, { ...details, causes: await failures.causesOf(error) });
      const run = await store.runs.update(runId, { status, finishedAt: now(), error: message });
      // Of a run that the server cancels, the server has recorded who did it. Otherwise its own end has ended the run.
      if (status === "cancelled" && run.cancelledBy === null) {
        await store.runs.update(runId, { cancelledBy: isOfServer ? SCHEDULE : COMMAND_LINE });
      }
      await append(endOfRun(status, message, says));
    },
  };
}
