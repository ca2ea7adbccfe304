import type { ModelArtifacts } from "../domain/model-artifacts.ts";
import { startBackend } from "../project/backend.ts";
import { modelReader, openRegistry } from "../project/model-sources.ts";
import { registeredFiles } from "../project/models/registered-files.ts";
import type { Runtime } from "../project/runtime.ts";
import { createPredictor, type Predictor } from "../serving/predictor.ts";
import { type ChampionFollower, createChampionFollower } from "./champion-follower.ts";
import type { Served } from "./served.ts";

/** Serving computes on the thread that answers: an image takes about a millisecond. */
const THREADS = 1;

/** Starts the kernels for serving; further calls wait for the same start, and throw what it threw. */
export async function startServingBackend(runtime: Runtime): Promise<void> {
  await startBackend(runtime, THREADS);
}

/** The predictor, and what keeps it and the champion together. Nothing is loaded before `champion.start()`. */
export async function createModelServing({
  runtime,
  project,
  store,
  log,
}: Served): Promise<{ predictor: Predictor; champion: ChampionFollower }> {
  const predictor = createPredictor();
  const readModel = modelReader(runtime, project);
  const { classes } = project.config.parameters;
  const check = async (artifacts: ModelArtifacts) => {
    await startServingBackend(runtime);
    await predictor.check(artifacts);
  };
  const { exists } = registeredFiles(project);
  const registry = await openRegistry(runtime, store, readModel, classes, check, exists);
  const { clock } = runtime;
  const champion = createChampionFollower({
    ...{ registry, predictor, readModel, store, clock },
    log: log.of("models"),
  });
  return { predictor, champion };
}
