import { SCHEDULE } from "../domain/actor.ts";
import type { Log } from "../lib/log.ts";
import type { ModelFiles } from "../model-registry/model-files.ts";

/** Removes the files of versions that nothing needs, and logs which. */
export async function pruneModels(files: Pick<ModelFiles, "prune">, log: Log): Promise<void> {
  const removed = await files.prune({ actor: SCHEDULE, isDryRun: false });
  if (removed.length === 0) return;
  const versions = removed.map(({ version }) => version);
  log.info(`the files of old model versions were removed: ${versions.join(", ")}`);
}
