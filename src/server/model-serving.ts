import { startBackend } from "../project/backend.ts";
import { modelReader, openRegistry } from "../project/model-sources.ts";
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
  const registry = await openRegistry(runtime, store, readModel, classes, async (artifacts) => {
    await startServingBackend(runtime);
    await predictor.check(artifacts);
  });
  const { clock } = runtime;
  const champion = createChampionFollower({
    ...{ registry, predictor, readModel, store, clock },
    log: log.of("models"),
  });
  return { predictor, champion };
}
