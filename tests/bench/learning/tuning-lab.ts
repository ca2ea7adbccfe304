import { loadConfig } from "../../../src/config/load.ts";
import { modelFromBytes, readModelFiles } from "../../../src/datasets/models/model-files.ts";
import { DATASET_TYPES } from "../../../src/datasets/options.ts";
import type { GateRecord } from "../../../src/domain/gate.ts";
import type { ImageSet } from "../../../src/domain/image-set.ts";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { initBackend } from "../../../src/kernels/init-backend.ts";
import { answersTo, isSuspect, type LabelAnswer } from "../../../src/model-registry/screening/suspects.ts";
import { drawReplay, splitMnist } from "../../../src/pipelines/de/nodes.ts";
import { splitByGroup } from "../../../src/pipelines/first/drawings.ts";
import { embedded } from "../../../src/project/embedded.ts";
import type { FeatureStore } from "../../../src/training/caches/feature-store.ts";
import { createTraining } from "../../../src/training/create-training.ts";
import type { FineTuneParams } from "../../../src/training/fit/params.ts";
import { readMnist, readWritten, toSet, type WrittenImage } from "../support/tuning-data.ts";
import { type LabDrawing, writerHalf } from "./tuning-draws.ts";
import { gateDecision } from "./tuning-gate.ts";

/** Everything about a fine-tuning that parameters.yml decides. */
export interface TuningSettings extends FineTuneParams {
  validation_split: number;
  replay: { mnist: number; digits: number; negatives: number };
}

/** The drawings, and the product's fine-tuning of one model with the features of the frozen layers kept in memory. */
export interface TuningLab {
  defaults: TuningSettings;
  base: ModelArtifacts;
  drawings: LabDrawing[];
  /** Trains as node fine_tune does. */
  tune(
    labelled: readonly WrittenImage[],
    settings: TuningSettings,
    seed: number,
  ): Promise<{ model: ModelArtifacts; seconds: number }>;
  /** [N]: whether the model reads each drawing wrong. */
  misread(model: ModelArtifacts, drawings: readonly WrittenImage[]): Promise<boolean[]>;
  /** Accuracy on MNIST test, 0..1. */
  mnist(model: ModelArtifacts): Promise<number>;
  /** What the product decides about a model trained on these labels: pipeline `tuning`, screening included. */
  decide(labelled: readonly WrittenImage[], settings: TuningSettings, seed: number): Promise<GateRecord>;
}

/**
 * @param data  folder of the sets. @param model folder of a model to tune; by default the base model.
 * @returns null when `data` does not have the sets.
 */
export async function openTuningLab(
  data: string,
  model: string | undefined,
  threads: number,
): Promise<TuningLab | null> {
  const { parameters, server, catalog } = await loadConfig({
    base: await embedded.conf(),
    dir: import.meta.dir,
    environ: {},
    datasetTypes: DATASET_TYPES,
  });
  const { classes } = parameters;
  const written = await readWritten(data, classes);
  if (written === null) return null;
  await initBackend({ threads, workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url) });
  const training = createTraining({ threads }, { features: featureStore(), checkpoints: null, numerics: "" });
  const base = model === undefined ? await baseModel() : await readModelFiles(model);
  const mnist = await readMnist();
  const { train, test } = splitMnist({ ...parameters, mnist_data: mnist });
  const replays = new Map<string, ImageSet>();
  const replayOf = ({ replay }: TuningSettings) => {
    const key = JSON.stringify(replay);
    const known = replays.get(key) ?? drawReplay({ ...parameters, train, replay });
    replays.set(key, known);
    return known;
  };
  const { tuning_layer } = parameters;
  const labels = classes.map((_, k) => k);
  const answersOf = async (model: ModelArtifacts, set: ImageSet) =>
    answersTo(await training.probabilities(model, set, undefined, tuning_layer), set.labels, labels);
  const isWrong = (answer: LabelAnswer | null) => answer?.predicted !== answer?.label;
  const untuned = await answersOf(base, toSet(written).set);
  const below = parameters.screening?.suspect_below ?? 0;
  return {
    defaults: {
      ...parameters,
      learning_rate: parameters.tuning_learning_rate,
      validation_split: parameters.tuning_validation_split,
    },
    base,
    drawings: written.map((one, n) => ({
      ...one,
      half: writerHalf(one.writer),
      isMisread: isWrong(untuned[n]!),
      isInReview: isSuspect(untuned[n]!, below),
    })),
    async misread(model, drawings) {
      return (await answersOf(model, toSet(drawings).set)).map(isWrong);
    },
    async mnist(model) {
      const answers = await answersOf(model, test);
      return 1 - answers.filter(isWrong).length / answers.length;
    },
    decide(labelled, { learning_rate, validation_split, ...settings }, seed) {
      const tuning = { tuning_learning_rate: learning_rate, tuning_validation_split: validation_split };
      const changed = {
        ...parameters,
        ...settings,
        ...tuning,
        seed: settings.seed + seed,
        gate: server.gate,
      };
      return gateDecision(
        { training, datasets: Object.keys(catalog), parameters: changed, mnist, base },
        labelled,
      );
    },
    async tune(labelled, settings, seed) {
      const seeded = { ...settings, seed: settings.seed + seed };
      const { set, groups } = toSet(labelled);
      const { train, valid } = splitByGroup(set, groups, settings.validation_split, seeded.seed);
      const replay = replayOf(settings);
      const started = performance.now();
      const tuned = await training.fineTune(base, train, replay, valid, seeded, control);
      return { model: tuned.model, seconds: (performance.now() - started) / 1000 };
    },
  };
}

const control = { signal: new AbortController().signal, onProgress() {} };

const baseModel = async () =>
  modelFromBytes(await embedded.model("model.json"), await embedded.model("weights.bin"), "builtin:base");

/** Keeps features, but no logits: there are as many sets of these as models. */
function featureStore(): FeatureStore {
  const kept = new Map<string, Map<string, Uint8Array>>();
  return {
    async read(space, keys) {
      const rows = kept.get(space);
      return keys.map((key) => rows?.get(key) ?? null);
    },
    async write(space, rows) {
      const own = kept.get(space) ?? new Map<string, Uint8Array>();
      for (const [key, row] of rows) if (row.length > MOST_LOGITS) own.set(key, row);
      if (own.size > 0) kept.set(space, own);
    },
  };
}

/** Bytes of a packed row of logits, at most: a mask and ten numbers. */
const MOST_LOGITS = 44;
