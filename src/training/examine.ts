import type { ImageSet } from "../digits/types.ts";
import type { ModelArtifacts } from "../lib/model-artifacts.ts";
import { answersOf } from "./answers.ts";
import { fromArtifacts } from "./artifacts.ts";
import { pickExamples } from "./examples.ts";
import { requireImages, requireSize } from "./image-set.ts";
import { reportOf } from "./metrics.ts";
import { predictLogits } from "./predict.ts";
import { scaled } from "./softmax.ts";
import type { Examined } from "./types.ts";

/**
 * How well a model reads a labelled set, with the confidence that it serves with (at its temperature), and examples
 * of what it got wrong.
 *
 * @throws {ModelLoadError} when the model is damaged.
 * @throws {RangeError} when the set is empty, or its sizes or labels do not fit the model.
 * @throws the signal's reason when it is aborted.
 */
export async function examine(
  artifacts: ModelArtifacts,
  set: ImageSet,
  signal?: AbortSignal,
): Promise<Examined> {
  const model = fromArtifacts(artifacts);
  try {
    const { classes, rows, cols, calibration } = artifacts.userDefinedMetadata;
    requireImages(set, "the evaluation set", classes.length);
    requireSize(set, "the evaluation set", rows, cols);
    const logits = scaled(await predictLogits(model, set, signal), calibration?.temperature ?? 1);
    const answers = answersOf(logits, set.labels, classes.length);
    return { report: reportOf(answers, classes), examples: pickExamples(answers, set, classes) };
  } finally {
    model.dispose();
  }
}
