import { DATASET } from "../../domain/dataset-names.ts";
import type { DataVersion } from "../../domain/samples/screening-report.ts";
import type { Store } from "../../domain/store.ts";
import type { Pipeline } from "../../engine/pipeline/pipeline.ts";
import type { Hooks, Skips } from "../../engine/run/hooks.ts";
import type { Registered } from "../registered.ts";
import { allSides, drawingSides, hasIds, loadedDrawings, validating } from "./drawing-sides.ts";

/** The parameters that decide which drawings choose the epoch. */
interface SideParams {
  classes: readonly string[];
  seed: number;
  validation_split: number;
  tuning_validation_split: number;
}

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
const LOADING = ["screen_labels", "split_drawings"];
/** The outputs of the node that splits drawings, which say what the training node does with each. */
const SPLITS = [DATASET.dataVersion, "app_y", "app_groups"];

/**
 * Records exactly which drawings a run uses, and for what, as soon as they are split. A run that keeps the model of an
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

  const params = parameters as unknown as SideParams;
  let loaded: ReturnType<typeof loadedDrawings> | null = null;
  const splits = new Map<string, unknown>();

  async function record(used: DataVersion, valid: ReadonlySet<string> = new Set()): Promise<void> {
    isRecorded = true;
    const items = drawingSides(loaded ?? new Map(), used, valid, training !== "train_first");
    await store.lineage.putRunData(runId, items);
  }

  return {
    async after_dataset_loaded({ dataset, data, node }) {
      if (dataset !== DATASET.appData || isTrainedEarlier || isRecorded) return;
      if (!hasIds(data)) {
        isUnknown = true;
        return;
      }
      loaded = loadedDrawings(data, params.classes);
      // A project's own node may use everything.
      if (training === null && !LOADING.includes(node)) await record(allSides(data));
    },
    after_dataset_saved({ dataset, data }) {
      if (SPLITS.includes(dataset)) splits.set(dataset, data);
    },
    async on_node_saved({ node }) {
      if (node !== "split_drawings" || training === null || loaded === null) return;
      const used = splits.get(DATASET.dataVersion) as DataVersion;
      const [app_y, app_groups] = [
        splits.get("app_y") as Uint8Array,
        splits.get("app_groups") as Uint32Array,
      ];
      const fraction = training === "fine_tune" ? params.tuning_validation_split : params.validation_split;
      await record(used, validating(used, { app_y, app_groups }, fraction, params.seed));
    },
    async after_pipeline_run() {
      if (isRecorded) return;
      if (isTrainedEarlier) await inherit();
      // So that a model of no drawings is told from one of an earlier release.
      else if (!isUnknown && registered().modelVersion !== null) await store.lineage.putRunData(runId, []);
    },
  };
}
