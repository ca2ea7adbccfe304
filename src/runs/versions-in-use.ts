import { join } from "node:path";
import type { PointedTo } from "../datasets/files/versions.ts";
import { BUILTIN_MODEL_KEY } from "../domain/model.ts";
import type { Run, RunStatus } from "../domain/runs/run.ts";
import type { Store } from "../domain/store.ts";
import type { Project } from "../project/project.ts";

/** Runs in these states may still be running, or can be resumed from their saved outputs. */
const UNFINISHED: readonly RunStatus[] = ["queued", "running", "failed", "cancelled"];

/**
 * The files and versions that `retain` must not delete: the files of every registered model, because an alias points
 * to it or can be moved to it; and every version that an unfinished run has saved or kept, because it can be resumed.
 */
export async function pointedTo({ dataDir }: Pick<Project, "dataDir">, store: Store): Promise<PointedTo> {
  const models = await store.models.files();
  const paths = models
    .filter(({ key, state }) => key !== BUILTIN_MODEL_KEY && state !== "deleted")
    .map(({ key }) => join(dataDir, key));
  const stamps = new Set<string>();
  for (const { id } of await unfinishedRuns(store)) {
    const details = await store.runs.details(id);
    if (details !== null) stamps.add(details.dataVersion);
    for (const { outputs } of await store.runs.nodes(id)) {
      for (const { version } of outputs) if (version !== null) stamps.add(version);
    }
  }
  return { paths, stamps };
}

async function unfinishedRuns({ runs }: Store): Promise<Run[]> {
  const found: Run[] = [];
  for (const status of UNFINISHED) {
    let cursor: string | undefined;
    do {
      const page = await runs.list({ status, cursor, limit: 200 });
      found.push(...page.runs);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  return found;
}
