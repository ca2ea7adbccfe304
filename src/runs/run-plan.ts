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

/** The catalog of a run, the nodes that it skips, and its cache. */
export interface RunPlan {
  catalog: DataCatalog;
  fingerprints: Fingerprints;
  cached: CachedRun;
  skips: Skips;
  /** Decides again before a node starts; only for runs that use the cache. */
  skipNow?: RunArguments["skipNow"];
  /** Returns why a node runs again; only for runs that use the cache, and resumed ones. */
  reasonToRun?(node: string): Promise<string | null>;
}

/** A run that has been recorded and not yet planned. */
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
 * Decides which nodes are skipped: in a resumed run, the finished ones; with `--only-missing-outputs`, those whose
 * outputs exist; otherwise, if the cache may be used, those that it knows to be unchanged.
 *
 * Every run updates the cache. Runs from the command line use it unless `--no-cache` is given. Runs of the scheduler,
 * the API and the pages run every node: a requested training run always trains. Only content counts as new, never a
 * time or a count: for samples it is the hash of all labels and images, so a corrected label is new data just as a new
 * drawing is.
 */
export async function planRun(run: RunToPlan): Promise<RunPlan> {
  const { runtime, project, store, options, pipeline, resumed } = run;
  const skips = resumed === null ? null : await skipsOfResumed(run, resumed);
  const loadVersions =
    resumed === null || skips === null ? (options.loadVersions ?? {}) : savedVersions(resumed, skips);
  const catalog = createRunCatalog({ ...run, loadVersions });
  catalog.check(pipeline.datasets());
  await catalog.checkPlaces(pipeline.datasets());
  const fingerprints = new Fingerprints(catalog);
  const program = await programFingerprint(runtime, project.dir);
  const cached = new CachedRun({ pipeline, catalog, fingerprints, cache: store.nodeCache, program });
  const plan = { catalog, fingerprints, cached };
  const reasonToRun = (node: string) => cached.reasonToRun(node);
  if (skips !== null) return { ...plan, skips, reasonToRun };
  if (options.onlyMissingOutputs) return { ...plan, skips: await skipExistingOutputs(pipeline, catalog) };
  if (!options.isCached) return { ...plan, skips: new Map() };
  return { ...plan, skips: await cached.skips(), skipNow: (node) => cached.skipNow(node), reasonToRun };
}

async function skipsOfResumed(run: RunToPlan, resumed: ResumedRun): Promise<Skips> {
  const catalog = createRunCatalog({ ...run, loadVersions: versionsThere(run, resumed) });
  await catalog.checkPlaces(run.pipeline.datasets());
  return skipFinished(run.pipeline, await finishedOf(resumed, run.pipeline, catalog));
}

/** Saved versions without those of datasets that catalog.yml no longer declares as versioned. */
function versionsThere({ project }: RunToPlan, resumed: ResumedRun): Record<string, string> {
  const { catalog } = project.config;
  return Object.fromEntries(
    Object.entries(savedVersions(resumed)).filter(([name]) => catalog[name]?.versioned === true),
  );
}
