import type { RunDataset, RunNodeRecord } from "../domain/runs/run.ts";
import type { RunReport } from "../domain/runs/run-report.ts";
import type { Store } from "../domain/store.ts";
import { DatasetError } from "../engine/errors.ts";
import type { Language } from "../lib/languages.ts";
import { createTrainReport, createTuneReport } from "../pipelines/report/pipeline.ts";
import type { Project } from "../project/project.ts";
import type { Runtime } from "../project/runtime.ts";
import { createRunCatalog } from "./run-catalog.ts";

/** The built-in nodes that make report pages. */
const MAKERS = [...createTrainReport().nodes, ...createTuneReport().nodes];

/** A saved report page, and the node of the run that saved it. */
export interface SavedReport {
  runId: string;
  node: RunNodeRecord;
  output: RunDataset;
}

/**
 * Renders a run's report in a language from the versions of the datasets that its page was made of; null when one of
 * them was not kept, or when the page is not one of a built-in node.
 */
export async function reportInLanguage(
  { runtime, project, store }: { runtime: Runtime; project: Project; store: Store },
  { runId, node, output }: SavedReport,
  language: Language,
): Promise<string | null> {
  const maker = MAKERS.find(({ name, outputs }) => name === node.node && outputs.includes(output.name));
  if (maker === undefined || output.version === null) return null;
  const versions = Object.fromEntries(node.inputs.map(({ name, version }) => [name, version]));
  const loadVersions: Record<string, string> = {};
  for (const name of maker.inputs) {
    const version = versions[name];
    if (version == null) return null;
    loadVersions[name] = version;
  }
  const run = await store.runs.get(runId);
  const catalog = createRunCatalog({ runtime, project, store, runVersion: output.version, loadVersions });
  try {
    const inputs = await Promise.all(maker.inputs.map((name) => catalog.load(name)));
    return await runtime.renderReport(maker.func(...inputs) as RunReport, {
      language,
      createdAt: node.finishedAt ?? run?.finishedAt ?? runtime.clock.now().toISOString(),
      version: run?.versions.tegaki ?? runtime.version,
    });
  } catch (error) {
    if (error instanceof DatasetError) return null;
    throw error;
  }
}
