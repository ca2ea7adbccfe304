import { join } from "node:path";
import { hashModel, writeModelFiles } from "../../src/datasets/models/model-files.ts";
import { decodeMetrics } from "../../src/domain/metrics.ts";
import type { NewModel } from "../../src/domain/model.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { openStore } from "../../src/storage/open.ts";

/** Registers a model in a project's store, as a run does: its files are in `data/registry`. */
export async function registerModel(
  dir: string,
  model: ModelArtifacts,
  change: Pick<NewModel, "state" | "gate">,
): Promise<void> {
  const directory = join(dir, "data/registry/by-test");
  await writeModelFiles(directory, model);
  const path = join(dir, "data/tegaki.db");
  const store = await openStore({ path, clock: systemClock, holdoutFraction: 0.2 });
  try {
    await store.models.create({
      ...{ name: "digits", key: "registry/by-test", sha256: await hashModel(directory), runId: null },
      ...{ parentVersion: 1, metrics: decodeMetrics({}), ...change },
    });
  } finally {
    await store.close();
  }
}
