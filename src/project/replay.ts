import { CHAMPION } from "../domain/deployment.ts";
import type { Model } from "../domain/model.ts";
import type { Sample } from "../domain/sample.ts";
import type { Store } from "../domain/store.ts";
import type { ReplayResult } from "../domain/trials/replay.ts";
import { ConflictError, NotFoundError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";
import { createPredictor } from "../serving/predictor.ts";
import { type ReplayRow, replayResult } from "../trials/replay-counts.ts";
import { startBackend } from "./backend.ts";
import { modelReader, type ReadModel } from "./model-sources.ts";
import type { Project } from "./project.ts";
import type { Runtime } from "./runtime.ts";

const PAGE = 200;
const THREADS = 1;

/**
 * Classifies the newest labelled drawings with a version and with the champion. Nothing is stored. For a process that
 * does not serve: a thousand drawings take about a second.
 *
 * @throws NotFoundError when there is no such version or no champion.
 */
export async function replayVersion(
  runtime: Runtime,
  project: Project,
  store: Store,
  { version, last }: { version: number; last: number },
): Promise<ReplayResult> {
  const champion = (await store.models.aliases())[CHAMPION];
  const [model, live] = await Promise.all([version, champion ?? 0].map((one) => requireModel(store, one)));
  const samples = await newestLabelled(store, last);
  await startBackend(runtime, THREADS);
  const readModel = modelReader(runtime, project);
  const otherLabels = await labelsOf(model!, readModel, samples);
  const championLabels = await labelsOf(live!, readModel, samples);
  const trainedOn = await trainedOnBy(store, model!);
  const rows = samples.map(
    (sample, i): ReplayRow => ({
      label: sample.label!,
      championLabel: championLabels[i]!,
      otherLabel: otherLabels[i]!,
      isTrainedOn: trainedOn(sample),
    }),
  );
  return replayResult(version, live!.version, rows);
}

async function requireModel({ models }: Pick<Store, "models">, version: number): Promise<Model> {
  const model = await models.get(version);
  if (model === null) {
    throw new NotFoundError(
      version === 0 ? "There is no champion yet" : `There is no model version ${version}`,
    );
  }
  if (model.state === "deleted") {
    throw new ConflictError(`The files of version ${version} were removed, so it can no longer be used`, {
      says: saying("deletedVersion", { version }),
    });
  }
  return model;
}

async function newestLabelled({ samples }: Pick<Store, "samples">, last: number): Promise<Sample[]> {
  const found: Sample[] = [];
  for (let cursor: string | undefined; found.length < last; ) {
    const limit = Math.min(PAGE, last - found.length);
    const page = await samples.list({
      state: "labelled",
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.samples);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return found;
}

/** Loads one model at a time, which bounds the memory. */
async function labelsOf(model: Model, readModel: ReadModel, samples: readonly Sample[]): Promise<string[]> {
  const predictor = createPredictor();
  try {
    await predictor.swap({ name: model.name, version: model.version }, await readModel(model));
    const labels: string[] = [];
    for (let start = 0; start < samples.length; start += PAGE) {
      const page = samples.slice(start, start + PAGE);
      const predictions = await Promise.all(page.map(({ pixels }) => predictor.predict(pixels)));
      labels.push(...predictions.map(({ label }) => label));
    }
    return labels;
  } finally {
    await predictor.close();
  }
}

/** Whether a version's run, or one that it continues, could train on a sample. */
async function trainedOnBy(
  { runs }: Pick<Store, "runs">,
  { runId }: Model,
): Promise<(sample: Sample) => boolean> {
  const newest = runId === null ? null : ((await runs.get(runId))?.lastSampleId ?? null);
  return ({ split, arrival }) => newest !== null && split === "train" && arrival <= newest;
}
