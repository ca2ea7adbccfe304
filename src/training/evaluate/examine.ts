import type { ImageSet } from "../../domain/image-set.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { extractLogits } from "../caches/features.ts";
import { knownFeatures, type TrainingMemory } from "../caches/training-caches.ts";
import { frozenPrefix } from "../fit/frozen-prefix.ts";
import type { FineTuneParams } from "../fit/params.ts";
import { tunedLayers } from "../fit/tuned-layers.ts";
import { requireImages, requireSize } from "../image-set.ts";
import { fromArtifacts } from "../model/artifacts.ts";
import type { Examined } from "../training.ts";
import { answersOf } from "./answers.ts";
import { pickExamples } from "./examples.ts";
import { reportOf } from "./metrics.ts";
import { scaled } from "./softmax.ts";

/**
 * How well a model reads a labelled set, with the confidence that it serves with (at its temperature), and examples
 * of what it got wrong.
 *
 * @param memory where the model's answers are looked up, and kept.
 * @param tuned  the layers that fine-tuning changes: what those before them make of the images is looked up and kept
 *   as well, for the next model will have the same. Not given, nothing but the answers is.
 * @throws {ModelLoadError} when the model is damaged.
 * @throws {UsageError} when the model has no such layers.
 * @throws {RangeError} when the set is empty, or its sizes or labels do not fit the model.
 * @throws the signal's reason when it is aborted.
 */
export async function examine(
  artifacts: ModelArtifacts,
  set: ImageSet,
  memory: TrainingMemory,
  signal?: AbortSignal,
  tuned?: FineTuneParams["tuning_layer"],
): Promise<Examined> {
  const model = fromArtifacts(artifacts);
  try {
    const { classes, rows, cols, calibration } = artifacts.userDefinedMetadata;
    requireImages(set, "the evaluation set", classes.length);
    requireSize(set, "the evaluation set", rows, cols);
    const cut = tuned === undefined ? 0 : frozenPrefix(model.layers, tunedLayers(model.layers, tuned));
    const answersKnown = knownFeatures(memory, artifacts, model.layers.length);
    const known = answersKnown && { logits: answersKnown, features: knownFeatures(memory, artifacts, cut) };
    const logits = await extractLogits(model, cut, set, known, signal);
    const answers = answersOf(scaled(logits, calibration?.temperature ?? 1), set.labels, classes.length);
    return { report: reportOf(answers, classes), examples: pickExamples(answers, set, classes) };
  } finally {
    model.dispose();
  }
}
