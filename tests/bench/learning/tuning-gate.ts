import type { GateRecord } from "../../../src/domain/gate.ts";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import { MemoryDataset } from "../../../src/engine/catalog/memory-dataset.ts";
import { SequentialRunner } from "../../../src/engine/run/sequential-runner.ts";
import type { MnistData } from "../../../src/pipelines/de/nodes.ts";
import { createPipelines } from "../../../src/pipelines/registry.ts";
import type { Training } from "../../../src/training/training.ts";
import { appDataOf } from "../support/label-batches.ts";
import type { WrittenImage } from "../support/tuning-data.ts";

/** The product's pipeline, with datasets in memory. */
export interface GateSetup {
  training: Training;
  /** Names of the catalog. */
  datasets: readonly string[];
  parameters: Record<string, unknown> & { holdout_fraction: number };
  mnist: MnistData;
  base: ModelArtifacts;
}

/** As a file would: it is there after the node that reads it, too. */
class Kept extends MemoryDataset {
  override release(): void {}
}

/** Runs pipeline `tuning`, screening and gate included, on a batch of labels. */
export async function gateDecision(setup: GateSetup, labelled: readonly WrittenImage[]): Promise<GateRecord> {
  const { training, datasets, parameters, mnist, base } = setup;
  const catalog = new DataCatalog({
    config: Object.fromEntries(datasets.map((name) => [name, { type: "memory" }])),
    factories: { memory: () => new Kept() },
    parameters,
  });
  const batch = labelled.map((one) => ({ ...one, truth: one.label }));
  await catalog.save("mnist_data", mnist);
  await catalog.save("app_data", appDataOf(batch, parameters.holdout_fraction));
  for (const name of ["model", "base_model", "screening_model"]) await catalog.save(name, base);
  await new SequentialRunner().run({
    pipeline: createPipelines({ training }).tuning!,
    catalog,
    hooks: [],
    signal: new AbortController().signal,
    runParams: { runId: "bench", pipeline: "tuning", env: null, parameters: {}, seed: 0 },
  });
  return (await catalog.load("gate_decision")) as GateRecord;
}
