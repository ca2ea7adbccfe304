import { AugmentThread } from "./augment/augment-thread.ts";
import { NO_CACHES, type TrainingCaches } from "./caches/training-caches.ts";
import { calibrate } from "./evaluate/calibrate.ts";
import { embed } from "./evaluate/embed.ts";
import { examine, probabilities } from "./evaluate/examine.ts";
import { latencyMs } from "./evaluate/latency.ts";
import { measureRejection } from "./evaluate/rejection.ts";
import { fineTune } from "./fit/fine-tune.ts";
import { train } from "./fit/train.ts";
import type { Training } from "./training.ts";

/**
 * Training on a tfjs backend that is already initialised (`initBackend` of kernels). Each call creates its own model
 * and leaves no tensor behind, whether it succeeds or fails.
 *
 * @param backend its number of threads is recorded with every model, because sums of gradients depend on it.
 * @param caches  shared from one training run to the next, and between the epochs of one; none by default.
 * @param augmentWorkerUrl of `src/augment-worker.ts`: `train` augments on that thread. Null augments on this one; the
 *   models are the same.
 */
export function createTraining(
  backend: { readonly threads: number },
  caches: TrainingCaches = NO_CACHES,
  augmentWorkerUrl: URL | null = null,
): Training {
  const { threads } = backend;
  return {
    async train(sets, validation, params, control, initial = null) {
      if (augmentWorkerUrl === null || params.augmentation === null)
        return train(sets, validation, params, control, threads, caches, initial);
      const thread = new AugmentThread(augmentWorkerUrl);
      try {
        return await train(sets, validation, params, control, threads, caches, initial, thread);
      } finally {
        thread.close();
      }
    },
    fineTune: (base, app, replay, validation, params, control) =>
      fineTune(base, { app, replay, validation }, params, control, threads, caches),
    evaluate: async (model, set, signal) => (await examine(model, set, caches, signal)).report,
    examine: (model, set, signal, tuned) => examine(model, set, caches, signal, tuned),
    probabilities: (model, set, signal, tuned) => probabilities(model, set, caches, signal, tuned),
    embed,
    latencyMs,
    calibrate,
    measureRejection: (model, known, unknown, signal) =>
      measureRejection(model, known, unknown, caches, signal),
  };
}
