import type { ImageSet } from "../digits/types.ts";
import type { ModelArtifacts } from "../lib/model-artifacts.ts";
import { fromArtifacts } from "./artifacts.ts";
import { requireImages, requireSize } from "./image-set.ts";
import { report } from "./metrics.ts";
import { predictLogits } from "./predict.ts";
import type { EvaluationReport } from "./types.ts";

/**
 * How well a model reads a labelled set.
 *
 * @throws {ModelLoadError} when the model is damaged.
 * @throws {RangeError} when the set is empty, or its sizes or labels do not fit the model.
 * @throws the signal's reason when it is aborted.
 */
export async function evaluate(
  artifacts: ModelArtifacts,
  set: ImageSet,
  signal?: AbortSignal,
): Promise<EvaluationReport> {
  const model = fromArtifacts(artifacts);
  try {
    const { classes, rows, cols } = artifacts.userDefinedMetadata;
    requireImages(set, "the evaluation set", classes.length);
    requireSize(set, "the evaluation set", rows, cols);
    return report(await predictLogits(model, set, signal), set.labels, classes);
  } finally {
    model.dispose();
  }
}
