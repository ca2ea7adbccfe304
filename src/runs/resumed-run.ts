import { addParams, formatParams } from "../config/params.ts";
import type { Run, RunDetails, RunNodeRecord } from "../domain/runs/run.ts";
import type { DataCatalog } from "../engine/catalog/catalog.ts";
import type { Node } from "../engine/pipeline/node.ts";
import { hasParameter, isParameter, readParameter } from "../engine/pipeline/parameters.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { hashOf } from "../engine/run/canonical.ts";
import type { Skips } from "../engine/run/hooks.ts";
import { entryHash } from "../engine/run/node-identity.ts";
import type { Finished } from "../engine/run/resume.ts";
import { ConflictError, UsageError } from "../lib/errors.ts";
import { hasStore, loadProject, openProjectStore } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import type { RunOptions } from "./run-options.ts";
import { isRunning } from "./run-record.ts";
import { sliceOptions } from "./slice.ts";

/** A failed or cancelled run that another run continues. */
export interface ResumedRun {
  run: Run;
  details: RunDetails;
  /** Records of its nodes, by name. */
  nodes: ReadonlyMap<string, RunNodeRecord>;
}

/**
 * Reads a run that can be resumed.
 * @throws UsageError when there is no such run, it never started, or it is done; ConflictError while it is running.
 */
export async function readRunToResume(
  runtime: Runtime,
  id: string,
  options: RunOptions,
): Promise<ResumedRun> {
  // Its warnings are printed when the run itself loads the project.
  const project = await loadProject(runtime, options, () => {});
  const unknown = new UsageError(
    `Cannot resume: there is no run ${id}. \`tegaki run\` prints the id of each run`,
  );
  if (!(await hasStore(project))) throw unknown;
  const store = await openProjectStore(runtime, project);
  try {
    const [run, details] = [await store.runs.get(id), await store.runs.details(id)];
    if (run === null) throw unknown;
    if (details === null)
      throw new UsageError(`Cannot resume run ${id}: it never started. Start a new run instead`);
    if (run.status === "done")
      throw new UsageError(`Cannot resume run ${id}: it is done, and nothing is left to run`);
    if (isRunning(run))
      throw new ConflictError(
        `Cannot resume run ${id}: it is still running. Wait for it to finish, or cancel it`,
      );
    const nodes = await store.runs.nodes(id);
    return { run, details, nodes: new Map(nodes.map((record) => [record.node, record])) };
  } finally {
    await store.close();
  }
}

/** The options under which the run continues: those that it was started with. */
export function resumeOptions({ run, details }: ResumedRun, given: RunOptions): RunOptions {
  return {
    ...given,
    ...sliceOptions(details.slice),
    pipeline: run.pipeline,
    env: details.env ?? undefined,
    params: paramsOfResumed(run, given),
    runner: given.runner ?? (details.runner as RunOptions["runner"]),
  };
}

/** The parameters of the run, of which given ones take precedence; the scheduler has all of them. */
function paramsOfResumed(run: Run, { runId, params }: RunOptions): string | undefined {
  const own = formatParams(run.params);
  if (params === undefined) return own || undefined;
  return (runId === undefined ? addParams(params, own) : params) || undefined;
}

/**
 * The nodes of the run that need not be repeated: those that were done, or skipped because they were done before, as
 * long as their saved outputs exist unchanged, and their parameters and the catalog entries of their inputs and
 * outputs are those of the run, and no node before them has other parameters. New content of an input, such as new labels, does not count: the run continues with
 * what it started with.
 *
 * @param catalog loads the versions that the run saved, see `savedVersions`.
 */
export async function finishedOf(
  { run, details, nodes }: ResumedRun,
  pipeline: Pipeline,
  catalog: DataCatalog,
): Promise<Finished> {
  const finished = new Set<string>();
  const changed = new Set<Node>();
  // In their order: what a node with other parameters makes is not what the nodes after it had.
  for (const node of pipeline.nodes) {
    const isSame = await hasSameParameters(node, details, catalog);
    if (!isSame || pipeline.parentsOf(node).some((parent) => changed.has(parent))) {
      changed.add(node);
      continue;
    }
    const record = nodes.get(node.name);
    if (record?.status !== "done" && record?.status !== "skipped") continue;
    if (!hasSameEntries(record, catalog)) continue;
    const kept = node.outputs.filter((output) => catalog.isPersistent(output));
    const isThere = await Promise.all(kept.map((output) => isUnchanged(record, output, catalog)));
    if (isThere.every(Boolean)) finished.add(node.name);
  }
  return { runId: run.id, nodes: finished, isKept: (dataset) => catalog.isPersistent(dataset) };
}

function hasSameEntries({ inputs, outputs }: RunNodeRecord, catalog: DataCatalog): boolean {
  return [...inputs, ...outputs].every(({ name, entry: recorded }) => {
    const entry = catalog.entry(name);
    return recorded === undefined || (entry !== null && recorded === entryHash(entry.config));
  });
}

async function hasSameParameters(
  { inputs }: Node,
  { parameters }: RunDetails,
  catalog: DataCatalog,
): Promise<boolean> {
  const isSame = async (name: string) =>
    hasParameter(parameters, name) &&
    hashOf(readParameter(parameters, name)) === hashOf(await catalog.load(name));
  return (await Promise.all(inputs.filter(isParameter).map(isSame))).every(Boolean);
}

async function isUnchanged({ outputs }: RunNodeRecord, name: string, catalog: DataCatalog): Promise<boolean> {
  const saved = outputs.find((output) => output.name === name);
  if (saved === undefined || !(await catalog.exists(name))) return false;
  return saved.fingerprint === null || saved.fingerprint === (await catalog.fingerprint(name));
}

/**
 * The versions that the run saved, by dataset name.
 * @param skips nodes to include: all others save new versions. All nodes by default.
 */
export function savedVersions({ nodes }: ResumedRun, skips?: Skips): Record<string, string> {
  const records = [...nodes.values()].filter(({ node }) => skips === undefined || skips.has(node));
  const outputs = records.flatMap((record) => record.outputs);
  return Object.fromEntries(
    outputs.flatMap(({ name, version }) => (version === null ? [] : [[name, version]])),
  );
}
