import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { writeFileAtomic } from "../../datasets/files/atomic.ts";
import type { Store } from "../../domain/store.ts";
import type { DatasetPreview } from "../../engine/catalog/dataset-preview.ts";
import { NO_FACTS, type RunChoice, type ShownRun } from "../../graph/facts.ts";
import type { PipelineGraph } from "../../graph/pipeline-graph.ts";
import { readFacts, readShownRun, runChoice } from "../../graph/read-facts.ts";
import {
  drawSiteFiles,
  FIRST_PAGE,
  GENERATOR,
  SITE_ASSETS,
  type SiteData,
} from "../../http/site/static-site.ts";
import { UsageError } from "../../lib/errors.ts";
import { createPreviews } from "../../project/previews.ts";
import {
  hasStore,
  loadProject,
  openProjectStore,
  type Project,
  type ProjectOptions,
} from "../../project/project.ts";
import { projectPipelines, sourcesOf } from "../../project/project-pipelines.ts";
import type { Runtime } from "../../project/runtime.ts";
import type { BrokenPipeline } from "../../project/user-pipelines.ts";
import { projectGraph } from "../../server/project-graph.ts";

/** The options of `tegaki viz build`. */
export interface VizOptions extends ProjectOptions {
  /** The folder, relative to the working directory. */
  output: string;
  /** Whether the site has the first part of each dataset's content. */
  hasPreviews: boolean;
  onBroken?(broken: BrokenPipeline): void;
}

/** The result of `tegaki viz build`, as `--json` prints it. */
export interface VizSummary {
  /** Absolute. */
  dir: string;
  /** The file to open. */
  page: string;
  /** Files that were written, relative to `dir`. */
  files: string[];
  pipelines: string[];
}

/** Number of runs per pipeline that can be replayed on the site. */
const RUNS_A_PIPELINE = 5;

/**
 * `tegaki viz build`: writes the graph's page, with all the data that it shows in files next to it.
 * @throws UsageError when the folder contains a page that is not such a site; nothing is then written.
 */
export async function buildViz(runtime: Runtime, options: VizOptions): Promise<VizSummary> {
  const project = await loadProject(runtime, options);
  const dir = resolve(options.output);
  await refuseForeignPage(dir);
  const all = await projectPipelines({ ...sourcesOf(project), canLoadCode: true });
  for (const one of all.broken) options.onBroken?.(one);
  const graph = await projectGraph(runtime, project, all);
  const data = await readData(runtime, project, graph, options.hasPreviews);
  await mkdir(dir, { recursive: true });
  const files = {
    ...(await assetFiles(runtime)),
    ...drawSiteFiles(data, { version: runtime.version, builtAt: runtime.clock.now().toISOString() }),
  };
  for (const [name, body] of Object.entries(files)) await writeFileAtomic(join(dir, name), body);
  return {
    dir,
    page: join(dir, FIRST_PAGE),
    files: Object.keys(files).sort(),
    pipelines: graph.pipelines.map(({ name }) => name),
  };
}

async function refuseForeignPage(dir: string): Promise<void> {
  const page = Bun.file(join(dir, FIRST_PAGE));
  if (!(await page.exists()) || (await page.text()).includes(GENERATOR)) return;
  throw new UsageError(
    `${dir} has an ${FIRST_PAGE} that "${GENERATOR}" did not write. Choose another folder with --output`,
  );
}

async function assetFiles(runtime: Runtime): Promise<Record<string, Uint8Array>> {
  const assets = await runtime.embedded.page();
  return Object.fromEntries(SITE_ASSETS.map((name) => [name, assets.get(name)!.body]));
}

async function readData(
  runtime: Runtime,
  project: Project,
  graph: PipelineGraph,
  hasPreviews: boolean,
): Promise<SiteData> {
  if (!(await hasStore(project))) return { graph, facts: NO_FACTS, runs: {}, shown: {}, previews: {} };
  const store = await openProjectStore(runtime, project);
  try {
    const previews = hasPreviews ? await readPreviews(runtime, project, graph, store) : {};
    return { graph, facts: await readFacts(store.runs), ...(await readRuns(graph, store)), previews };
  } finally {
    await store.close();
  }
}

async function readRuns(graph: PipelineGraph, store: Store): Promise<Pick<SiteData, "runs" | "shown">> {
  // Without a prototype, as below: a pipeline or dataset may be called "__proto__".
  const runs: Record<string, RunChoice[]> = Object.create(null);
  const shown: Record<string, ShownRun> = {};
  for (const { name } of graph.pipelines) {
    const newest = (await store.runs.list({ pipeline: name, limit: RUNS_A_PIPELINE })).runs;
    runs[name] = newest.map(runChoice);
    for (const run of newest) shown[run.id] = await readShownRun(store.runs, run);
  }
  return { runs, shown };
}

/** A dataset that cannot be read has no preview; the page says so. */
async function readPreviews(
  runtime: Runtime,
  project: Project,
  graph: PipelineGraph,
  store: Store,
): Promise<Record<string, DatasetPreview>> {
  const previewOf = createPreviews(runtime, project, store);
  const previews: Record<string, DatasetPreview> = Object.create(null);
  for (const name of Object.keys(graph.datasets)) {
    const preview = await previewOf(name).catch(() => null);
    if (preview !== null) previews[name] = preview;
  }
  return previews;
}
