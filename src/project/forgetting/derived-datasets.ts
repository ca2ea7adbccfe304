import { DATASET } from "../../domain/dataset-names.ts";
import type { Store } from "../../domain/store.ts";

/**
 * Built-in datasets that are made of drawings and hold no image of them: numbers, and models. Those that hold images
 * are cleaned, and every other one is removed.
 */
export const WITHOUT_IMAGES: ReadonlySet<string> = new Set([
  "uncalibrated_pre_model",
  "train_history",
  "pre_calibration",
  "tune_calibration",
  "first_report",
  "tune_report",
  DATASET.preModel,
  DATASET.tuneModel,
  DATASET.model,
  DATASET.baseModel,
  DATASET.screening,
  DATASET.learningCurve,
  "screening_model",
  DATASET.trainReport,
  DATASET.metrics,
  DATASET.gateDecision,
]);

/**
 * Returns the datasets that runs have made of the drawings, directly or through other datasets, according to the records
 * of their nodes. So a project's own pipelines count, without their code being loaded.
 */
export async function derivedDatasets(
  store: Pick<Store, "runs">,
  drawings: readonly string[],
): Promise<Set<string>> {
  const nodes = await allNodes(store);
  const derived = new Set(drawings);
  for (let before = -1; before !== derived.size; ) {
    before = derived.size;
    for (const { inputs, outputs } of nodes) {
      if (inputs.some((name) => derived.has(name))) for (const name of outputs) derived.add(name);
    }
  }
  for (const name of drawings) derived.delete(name);
  return derived;
}

/** Names of inputs and outputs of the nodes of all runs, each combination once. */
async function allNodes({ runs }: Pick<Store, "runs">): Promise<{ inputs: string[]; outputs: string[] }[]> {
  const nodes = new Map<string, { inputs: string[]; outputs: string[] }>();
  let cursor: string | undefined;
  do {
    const page = await runs.list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    for (const { id } of page.runs) {
      for (const record of await runs.nodes(id)) {
        const inputs = record.inputs.map(({ name }) => name);
        const outputs = record.outputs.map(({ name }) => name);
        nodes.set(JSON.stringify([inputs, outputs]), { inputs, outputs });
      }
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return [...nodes.values()];
}
