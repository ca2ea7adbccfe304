import { formatParams } from "../config/params.ts";
import type { Run, RunDetails, RunNodeRecord } from "../domain/run.ts";
import type { DataCatalog } from "../engine/catalog/catalog.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import type { Skips } from "../engine/run/hooks.ts";
import type { Finished } from "../engine/run/resume.ts";
import { ConflictError, UsageError } from "../lib/errors.ts";
import { hasStore, loadProject, openProjectStore } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import type { RunOptions } from "./run-options.ts";
import { isGoingOn } from "./run-record.ts";
import { sliceOptions } from "./slice.ts";

/** A run that failed or was cancelled, and is to be continued. */
export interface ResumedRun {
  run: Run;
  details: RunDetails;
  /** What its nodes did, by name. */
  nodes: ReadonlyMap<string, RunNodeRecord>;
}

/**
 * @throws UsageError when there is no such run, or nothing of it is left to do; ConflictError while it goes on.
 */
export async function readRunToResume(
  runtime: Runtime,
  id: string,
  options: RunOptions,
): Promise<ResumedRun> {
  const project = await loadProject(runtime, options);
  const unknown = new UsageError(
    `Cannot resume: there is no run ${id}. \`tegaki run\` prints the id of each run`,
  );
  if (!(await hasStore(project))) throw unknown;
  const store = await openProjectStore(runtime, project);
  try {
    const [run, details] = [await store.runs.get(id), await store.runs.details(id)];
    if (run === null) throw unknown;
    if (details === null) throw new UsageError(`Cannot resume run ${id}: it never began. Start it anew`);
    if (run.status === "done")
      throw new UsageError(`Cannot resume run ${id}: it is done, nothing is left to do`);
    if (isGoingOn(run))
      throw new ConflictError(`Cannot resume run ${id}: it is going on. Wait for it, or cancel it`);
    const nodes = await store.runs.nodes(id);
    return { run, details, nodes: new Map(nodes.map((record) => [record.node, record])) };
  } finally {
    await store.close();
  }
}

/** The options under which the run goes on: those that it was started with. */
export function resumeOptions({ run, details }: ResumedRun, given: RunOptions): RunOptions {
  return {
    ...given,
    ...sliceOptions(details.slice),
    pipeline: run.pipeline,
    env: details.env ?? undefined,
    params: formatParams(run.params) || undefined,
    runner: given.runner ?? (details.runner as RunOptions["runner"]),
  };
}

/**
 * What of the run needs not be repeated: nodes that were done, or skipped because they were done before, as long as
 * what they saved is there and the same.
 *
 * @param catalog loads the versions that the run saved, see `savedVersions`.
 */
export async function finishedOf(
  { run, nodes }: ResumedRun,
  pipeline: Pipeline,
  catalog: DataCatalog,
): Promise<Finished> {
  const finished = new Set<string>();
  for (const node of pipeline.nodes) {
    const record = nodes.get(node.name);
    if (record?.status !== "done" && record?.status !== "skipped") continue;
    const kept = node.outputs.filter((output) => catalog.isPersistent(output));
    const isThere = await Promise.all(kept.map((output) => isUnchanged(record, output, catalog)));
    if (isThere.every(Boolean)) finished.add(node.name);
  }
  return { runId: run.id, nodes: finished, isKept: (dataset) => catalog.isPersistent(dataset) };
}

async function isUnchanged({ outputs }: RunNodeRecord, name: string, catalog: DataCatalog): Promise<boolean> {
  const saved = outputs.find((output) => output.name === name);
  if (saved === undefined || !(await catalog.exists(name))) return false;
  return saved.fingerprint === null || saved.fingerprint === (await catalog.fingerprint(name));
}

/**
 * The versions that the run saved, by dataset name.
 * @param skips only of nodes that are skipped: the others save new ones. Of all nodes when not given.
 */
export function savedVersions({ nodes }: ResumedRun, skips?: Skips): Record<string, string> {
  const records = [...nodes.values()].filter(({ node }) => skips === undefined || skips.has(node));
  const outputs = records.flatMap((record) => record.outputs);
  return Object.fromEntries(
    outputs.flatMap(({ name, version }) => (version === null ? [] : [[name, version]])),
  );
}
