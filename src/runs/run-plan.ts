import type { Store } from "../domain/store.ts";
import type { DataCatalog } from "../engine/catalog/catalog.ts";
import type { Pipeline } from "../engine/pipeline/pipeline.ts";
import { Fingerprints } from "../engine/run/fingerprints.ts";
import type { Skips } from "../engine/run/hooks.ts";
import { skipExistingOutputs } from "../engine/run/missing-outputs.ts";
import { CachedRun } from "../engine/run/node-cache.ts";
import { skipFinished } from "../engine/run/resume.ts";
import type { RunArguments } from "../engine/run/runner.ts";
import { programFingerprint } from "../project/program-fingerprint.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { finishedOf, type ResumedRun, savedVersions } from "./resumed-run.ts";
import { createRunCatalog } from "./run-catalog.ts";
import type { RunOptions } from "./run-options.ts";

/** What a run reads and writes, what it leaves out, and what it tells the cache. */
export interface RunPlan {
  catalog: DataCatalog;
  fingerprints: Fingerprints;
  cached: CachedRun;
  skips: Skips;
  /** Decides again when a node is to begin; of runs that the cache plans. */
  skipNow?: RunArguments["skipNow"];
}

export interface RunToPlan {
  runtime: Runtime;
  project: Project;
  store: Store;
  options: RunOptions;
  pipeline: Pipeline;
  runVersion: string;
  resumed: ResumedRun | null;
}

/**
 * Decides what is left out: of a resumed run what is done, else what exists when only missing outputs are asked for,
 * else what the cache knows to be unchanged when it may be used.
 *
 * The cache learns from every run, and may be used by those that a person types, unless `--no-cache` is given. Runs of
 * the scheduler, of the API and of the pages have a run id of their own and do all that they are asked for: whoever
 * wants a training gets one. What counts as new is content, never a time or a count: for samples the hash of all
 * labels and images, so that a corrected label is new data as a new drawing is.
 */
export async function planRun(run: RunToPlan): Promise<RunPlan> {
  const { runtime, project, store, options, pipeline, resumed } = run;
  const skips = resumed === null ? null : await skipsOfResumed(run, resumed);
  const loadVersions =
    resumed === null || skips === null ? (options.loadVersions ?? {}) : savedVersions(resumed, skips);
  const catalog = createRunCatalog({ ...run, loadVersions });
  catalog.check(pipeline.datasets());
  const fingerprints = new Fingerprints(catalog);
  const program = await programFingerprint(runtime, project.dir);
  const cached = new CachedRun({ pipeline, catalog, fingerprints, cache: store.nodeCache, program });
  const plan = { catalog, fingerprints, cached };
  if (skips !== null) return { ...plan, skips };
  if (options.onlyMissingOutputs) return { ...plan, skips: await skipExistingOutputs(pipeline, catalog) };
  if (!options.isCached) return { ...plan, skips: new Map() };
  return { ...plan, skips: await cached.skips(), skipNow: (node) => cached.skipNow(node) };
}

async function skipsOfResumed(run: RunToPlan, resumed: ResumedRun): Promise<Skips> {
  const catalog = createRunCatalog({ ...run, loadVersions: versionsThere(run, resumed) });
  return skipFinished(run.pipeline, await finishedOf(resumed, run.pipeline, catalog));
}

/** Catalog.yml may have changed since: what is not versioned any more has no version to load. */
function versionsThere({ project }: RunToPlan, resumed: ResumedRun): Record<string, string> {
  const { catalog } = project.config;
  return Object.fromEntries(
    Object.entries(savedVersions(resumed)).filter(([name]) => catalog[name]?.versioned === true),
  );
}
