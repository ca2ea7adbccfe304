import { basename, join } from "node:path";
import { DATASET } from "../domain/dataset-names.ts";
import type { ExamplesBySet } from "../domain/examples.ts";
import type { RunDataset, RunNodeRecord } from "../domain/runs/run.ts";
import type { RunResults } from "../domain/runs/run-results.ts";
import type { ScreeningReport } from "../domain/samples/screening-report.ts";
import type { Store } from "../domain/store.ts";
import { DatasetError } from "../engine/errors.ts";
import { NotFoundError } from "../lib/errors.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { reportInLanguage } from "./report-in-language.ts";
import { createRunCatalog } from "./run-catalog.ts";

/** The datasets that hold examples; of a run that wrote both, the first one counts. */
const EXAMPLES = [DATASET.examples, DATASET.trainExamples];

/** The datasets that hold a report. */
const PAGES = [DATASET.tunePage, DATASET.trainPage];

/** The language of saved reports. */
const SAVED_LANGUAGE = "en";

/** Number of runs whose examples stay in memory: the same run is usually opened several times in a row. */
const HELD = 3;

/** Reads the examples and reports of runs, from the dataset versions that their records name. */
export function createRunResults(runtime: Runtime, project: Project, store: Store): RunResults {
  const held = new Map<string, Promise<Record<string, ExamplesBySet[string]>>>();

  async function load(runId: string, datasets: readonly string[], what: string): Promise<unknown> {
    const made = await outputOf(store, runId, datasets);
    if (made === null) throw new NotFoundError(`Run ${runId} has no ${what}: it did not evaluate a model`);
    const { name, version } = made.output;
    if (version === null) {
      throw new NotFoundError(
        `Run ${runId} has no ${what}: dataset "${name}" is not versioned in catalog.yml, so a later run may have overwritten it`,
      );
    }
    try {
      const catalog = createRunCatalog({
        runtime,
        project,
        store,
        runVersion: version,
        loadVersions: { [name]: version },
      });
      return await catalog.load(name);
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      throw new NotFoundError(`Run ${runId} no longer has its ${what}: ${error.message}`, { cause: error });
    }
  }

  async function loadOrNull(runId: string, dataset: string, what: string): Promise<unknown> {
    try {
      return await load(runId, [dataset], what);
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }

  return {
    examples(runId) {
      const known = held.get(runId);
      if (known !== undefined) return known;
      const loading = load(runId, EXAMPLES, "examples") as Promise<ExamplesBySet>;
      held.set(runId, loading);
      if (held.size > HELD) held.delete(held.keys().next().value!);
      // A run that is still running may have some later.
      loading.catch(() => held.delete(runId));
      return loading;
    },
    async report(runId, language) {
      const render = async () => {
        const made = await outputOf(store, runId, PAGES);
        return made && reportInLanguage({ runtime, project, store }, { runId, ...made }, language);
      };
      const translated = language === SAVED_LANGUAGE ? null : await render();
      if (translated !== null) return translated;
      try {
        return String(await load(runId, PAGES, "report"));
      } catch (error) {
        // A page with drawings that were forgotten is removed: what is left is rendered again.
        const again = error instanceof NotFoundError ? await render() : null;
        if (again === null) throw error;
        return again;
      }
    },
    screening: (runId) =>
      loadOrNull(runId, DATASET.screening, "screening") as Promise<ScreeningReport | null>,
    learningCurve: (runId) => loadOrNull(runId, DATASET.learningCurve, "learning curve"),
    drawingMap: (runId) => loadOrNull(runId, DATASET.drawingMap, "map of drawings"),
    async hasReport(runId) {
      return (await outputOf(store, runId, PAGES))?.output.version != null;
    },
    drop: () => held.clear(),
  };
}

/** The path of the run's report from the project directory; null when the run wrote none. */
export async function reportPath(project: Project, store: Store, runId: string): Promise<string | null> {
  const made = await outputOf(store, runId, PAGES);
  if (made === null) return null;
  const { name, version } = made.output;
  const filepath = project.config.catalog[name]?.filepath;
  if (filepath === undefined) return null;
  return version === null ? filepath : join(filepath, version, basename(filepath));
}

/** The first of these datasets that a node of the run has saved, or kept from the resumed run; null for none. */
async function outputOf(
  store: Store,
  runId: string,
  datasets: readonly string[],
): Promise<{ node: RunNodeRecord; output: RunDataset } | null> {
  const made = (await store.runs.nodes(runId)).flatMap((node) =>
    node.outputs.map((output) => ({ node, output })),
  );
  for (const name of datasets) {
    const found = made.find(({ output }) => output.name === name);
    if (found !== undefined) return found;
  }
  return null;
}
