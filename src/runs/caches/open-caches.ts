import { join } from "node:path";
import { programFingerprint } from "../../project/program-fingerprint.ts";
import type { Project } from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import type { TrainingCaches } from "../../training/caches/training-caches.ts";
import { CheckpointFiles } from "./checkpoint-files.ts";
import { FeaturePacks } from "./feature-packs.ts";

/** The feature cache and the checkpoints of a run, in `data/cache`, which may be deleted at any time. */
export async function trainingCaches(
  runtime: Runtime,
  project: Project,
  runId: string,
  resumedRunId: string | null,
): Promise<TrainingCaches> {
  const directory = join(project.dataDir, "cache");
  const { feature_cache_mb, checkpoint_seconds } = project.config.parameters;
  const maxBytes = feature_cache_mb * 2 ** 20;
  const packs = new FeaturePacks(join(directory, "features"), maxBytes, runtime.clock);
  return {
    features: maxBytes === 0 ? null : packs,
    checkpoints: new CheckpointFiles(join(directory, "checkpoints"), runId, resumedRunId, checkpoint_seconds),
    numerics: await programFingerprint(runtime, project.dir),
  };
}
