import { DATASET } from "../../domain/dataset-names.ts";
import type { Store } from "../../domain/store.ts";
import type { Pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Hooks, Skips } from "../../engine/run/hooks.ts";
import type { Registered } from "../registered.ts";
import { drawingSides, hasIds, type SideParams } from "./drawing-sides.ts";

/** The run whose data is recorded. */
export interface DataVersionOptions {
  store: Pick<Store, "lineage" | "models">;
  runId: string;
  pipeline: Pipeline;
  skips: Skips;
  /** All parameters in effect. */
  parameters: Record<string, unknown>;
  /** The run that this one resumes; null for none. */
  resumedRunId: string | null;
  /** Returns the model of the run, once it is registered. */
  registered(): Registered;
}

/** The built-in nodes that train on drawings. */
const TRAINING = ["fine_tune", "train_first"] as const;
/** The built-in nodes that load drawings without training on them. */
const SPLITTING = ["split_drawings"];

/**
 * Records exactly which drawings a run uses, and for what, as soon as they are loaded. A run that keeps the model of an
 * earlier one, because training was finished or is unchanged, has the data of that run.
 */
export function dataVersionHooks(options: DataVersionOptions): Hooks {
  const { store, runId, pipeline, skips, parameters, resumedRunId, registered } = options;
  const runs = pipeline.nodes.filter(({ name }) => !skips.has(name)).map(({ name }) => name);
  const training = TRAINING.find((name) => runs.includes(name)) ?? null;
  const isTrainedEarlier = pipeline.nodes.some(
    ({ name }) => TRAINING.some((one) => one === name) && skips.has(name),
  );
  let isRecorded = false;
  /** Whether drawings of a file were loaded, which have no ids. */
  let isUnknown = false;

  /** Copies the data of the run that made the model. */
  async function inherit(): Promise<void> {
    const earlier = resumedRunId === null ? await runWithSameModel() : resumedRunId;
    if (earlier !== null) await store.lineage.copyRunData(earlier, runId);
  }

  async function runWithSameModel(): Promise<string | null> {
    const { modelVersion } = registered();
    const models = modelVersion === null ? [] : await store.models.list();
    const own = models.find(({ version }) => version === modelVersion);
    const same = models.find(
      ({ sha256, runId: other }) => sha256 === own?.sha256 && other !== null && other !== runId,
    );
    return same?.runId ?? null;
  }

  return {
    async after_dataset_loaded({ dataset, data, node }) {
      if (dataset !== DATASET.appData || isTrainedEarlier || isRecorded) return;
      if (!hasIds(data)) {
        isUnknown = true;
        return;
      }
      if (training === null && SPLITTING.includes(node)) return;
      isRecorded = true;
      await store.lineage.putRunData(
        runId,
        drawingSides(data, training, parameters as unknown as SideParams),
      );
    },
    async after_pipeline_run() {
      if (isRecorded) return;
      if (isTrainedEarlier) await inherit();
      // So that a model of no drawings is told from one of an earlier release.
      else if (!isUnknown && registered().modelVersion !== null) await store.lineage.putRunData(runId, []);
    },
  };
}
