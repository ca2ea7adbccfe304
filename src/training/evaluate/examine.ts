import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { extractLogits } from "../caches/features.ts";
import { knownFeatures, type TrainingCaches } from "../caches/training-caches.ts";
import { frozenPrefix } from "../fit/frozen-prefix.ts";
import type { FineTuneParams } from "../fit/params.ts";
import { tunedLayers } from "../fit/tuned-layers.ts";
import { requireImages, requireSize } from "../image-set.ts";
import { fromArtifacts } from "../model/artifacts.ts";
import type { Examined } from "../training.ts";
import { answersOf } from "./answers.ts";
import { pickExamples } from "./examples.ts";
import { reportOf } from "./metrics.ts";
import { probabilitiesOf, scaled } from "./softmax.ts";

/**
 * Evaluates a model on a labelled set, with the confidence that it serves with (at its temperature), and picks
 * examples of its mistakes.
 *
 * @param caches where the model's logits are looked up and stored.
 * @param tuned  the layers that fine-tuning changes: the outputs of the layers before them are cached as well, because
 *   the next model shares those layers. When omitted, only the logits are cached.
 * @throws {ModelLoadError} when the model is damaged.
 * @throws {UsageError} when the model has no such layers.
 * @throws {RangeError} when the set is empty, or its sizes or labels do not fit the model.
 * @throws the signal's reason when it is aborted.
 */
export async function examine(
  artifacts: ModelArtifacts,
  set: ImageSet,
  caches: TrainingCaches,
  signal?: AbortSignal,
  tuned?: FineTuneParams["tuning_layer"],
): Promise<Examined> {
  const model = fromArtifacts(artifacts);
  try {
    const { classes, rows, cols, calibration } = artifacts.userDefinedMetadata;
    requireImages(set, "the evaluation set", classes.length);
    requireSize(set, "the evaluation set", rows, cols);
    const logits = await logitsOf({ model, artifacts, set, caches, tuned }, signal);
    const answers = answersOf(scaled(logits, calibration?.temperature ?? 1), set.labels, classes.length);
    return {
      report: reportOf(answers, classes),
      examples: pickExamples(answers, set, classes),
      predicted: Uint8Array.from(answers, (answer) => answer.predicted),
      confidence: Float32Array.from(answers, (answer) => answer.confidence),
    };
  } finally {
    model.dispose();
  }
}

/** The calibrated probabilities of each image; parameters and errors as for `examine`. @returns float32 [N, K]. */
export async function probabilities(
  artifacts: ModelArtifacts,
  set: ImageSet,
  caches: TrainingCaches,
  signal?: AbortSignal,
  tuned?: FineTuneParams["tuning_layer"],
): Promise<Float32Array> {
  const model = fromArtifacts(artifacts);
  try {
    const { classes, rows, cols, calibration } = artifacts.userDefinedMetadata;
    requireSize(set, "the image set", rows, cols);
    const logits = await logitsOf({ model, artifacts, set, caches, tuned }, signal);
    return probabilitiesOf(logits, classes.length, calibration?.temperature ?? 1);
  } finally {
    model.dispose();
  }
}

interface Asked {
  model: ReturnType<typeof fromArtifacts>;
  artifacts: ModelArtifacts;
  set: ImageSet;
  caches: TrainingCaches;
  tuned: FineTuneParams["tuning_layer"] | undefined;
}

async function logitsOf({ model, artifacts, set, caches, tuned }: Asked, signal?: AbortSignal) {
  const cut = tuned === undefined ? 0 : frozenPrefix(model.layers, tunedLayers(model.layers, tuned));
  const answersKnown = knownFeatures(caches, artifacts, model.layers.length);
  const known = answersKnown && { logits: answersKnown, features: knownFeatures(caches, artifacts, cut) };
  return extractLogits(model, cut, set, known, signal);
}
