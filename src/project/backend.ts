import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import { initBackend } from "../kernels/init-backend.ts";
import { createPredictor } from "../serving/predictor.ts";
import type { Runtime } from "./runtime.ts";

/** Starts tfjs with tegaki's kernels, once per process. */
export function startBackend(runtime: Runtime, threads: number) {
  return initBackend({ threads, workerUrl: runtime.kernelWorkerUrl });
}

/** Loads a model and checks it with fixed digits, in a process that does not serve. @throws ModelLoadError. */
export async function checkModel(runtime: Runtime, artifacts: ModelArtifacts, threads = 1): Promise<void> {
  await startBackend(runtime, threads);
  const predictor = createPredictor();
  try {
    await predictor.check(artifacts);
  } finally {
    await predictor.close();
  }
}
