import type { NodeContext } from "../../../src/engine/pipeline/node-spec.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import type { MeasureCurveInputs } from "../../../src/pipelines/curve/measure-curve.ts";
import { CLASSES, imageSet, modelOf } from "../fake-training.ts";

export const BASE = modelOf(2);

/** Training drawings of ten writers with 20 each, and held-out ones of two writers with 10 each. */
export function curveInputs(change: Partial<MeasureCurveInputs> = {}): MeasureCurveInputs {
  const { labels, ...app_x } = imageSet(200);
  return {
    ...{ base_model: BASE, app_x, app_y: labels },
    app_groups: Uint32Array.from({ length: 200 }, (_, i) => Math.floor(i / 20)),
    app_holdout: { ...imageSet(20), groups: Uint32Array.from({ length: 20 }, (_, i) => Math.floor(i / 10)) },
    replay: imageSet(0),
    ...{ validation_split: 0, classes: CLASSES, tuning_layer: -1, tuning_epochs: 1, tuning_batch_size: 16 },
    ...{ tuning_replay_ratio: 0, tuning_replay_targets: "labels", tuning_views: 1, tuning_patience: 0 },
    ...{ tuning_min_steps: 0, tuning_keep: 0 },
    ...{ learning_rate: 0.001, seed: 7, augmentation: null },
    new_classes: {
      images: 100,
      letters: 0,
      epochs: 1,
      batch_size: 16,
      learning_rate: 0.001,
      augmentation: null,
    },
    ...change,
  };
}

/** A node's context that keeps its log. */
export function contextOf(
  logged: Sentence[] = [],
  signal: AbortSignal = new AbortController().signal,
): NodeContext {
  return { signal, progress: () => {}, log: (message, says) => void logged.push({ message, says }) };
}
