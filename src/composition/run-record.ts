import { readParams } from "../config/params.ts";
import { toPlain } from "../config/tree.ts";
import { ConflictError, messageOf } from "../lib/errors.ts";
import { systemProcesses } from "../scheduler/processes.ts";
import type { Run, Store } from "../storage/store.ts";
import type { Project } from "./project.ts";
import type { Runtime } from "./runtime.ts";

interface RunToBegin {
  id: string;
  pipeline: string;
  params: string | undefined;
  command: string;
  threads: number;
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
  const { id, pipeline, params, command, threads } = begin;
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
  return store.runs.update(id, {
    status: "running",
    startedAt: known?.startedAt ?? runtime.clock.now().toISOString(),
    pid: process.pid,
    seed: project.config.parameters.seed,
    threads,
    versions: { tegaki: runtime.version, bun: Bun.version },
    lastSampleId: known?.lastSampleId ?? (await store.samples.latestId()),
  });
}

async function refuseSecondRun(store: Store, ownId: string): Promise<void> {
  const { runs } = await store.runs.list({ status: "running" });
  const other = runs.find(
    (run) => run.id !== ownId && run.pid !== null && systemProcesses.isAlive({ id: run.id, pid: run.pid }),
  );
  if (other === undefined) return;
  throw new ConflictError(
    `Cannot start a run: run ${other.id} of ${other.pipeline} is going on (process ${other.pid}). Wait for it, or cancel it`,
  );
}

export async function endRun(
  store: Store,
  runtime: Runtime,
  id: string,
  end: { metrics: Record<string, unknown>; modelVersion: number | null; isPromoted: boolean },
): Promise<void> {
  const at = runtime.clock.now().toISOString();
  const { metrics, modelVersion, isPromoted } = end;
  await store.runs.update(id, { status: "done", finishedAt: at, metrics, modelVersion });
  const data = { model_version: modelVersion, promoted: isPromoted };
  await store.runs.appendEvent({ runId: id, at, type: "run_done", node: null, data });
}

export async function failRun(
  store: Store,
  runtime: Runtime,
  id: string,
  error: unknown,
  isCancelled: boolean,
): Promise<void> {
  const at = runtime.clock.now().toISOString();
  const message = messageOf(error);
  const status = isCancelled ? "cancelled" : "failed";
  await store.runs.update(id, { status, finishedAt: at, error: message });
  await store.runs.appendEvent({
    runId: id,
    at,
    type: `run_${status}`,
    node: null,
    data: { error: message },
  });
}
