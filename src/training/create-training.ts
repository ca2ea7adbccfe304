import { NO_MEMORY, type TrainingMemory } from "./caches/training-caches.ts";
import { calibrate } from "./evaluate/calibrate.ts";
import { examine } from "./evaluate/examine.ts";
import { measureRejection } from "./evaluate/rejection.ts";
import { fineTune } from "./fit/fine-tune.ts";
import { train } from "./fit/train.ts";
import type { Training } from "./training.ts";

/**
 * Training on a tfjs backend that is already started (`initBackend` of kernels). Each call makes its own model
 * and leaves no tensor behind, whether it ends well or not.
 *
 * @param backend its number of threads is recorded with every model, for the sums of gradients depend on it.
 * @param memory  what is kept from one training to the next, and between the epochs of one; nothing by default.
 */
export function createTraining(
  backend: { readonly threads: number },
  memory: TrainingMemory = NO_MEMORY,
): Training {
  const { threads } = backend;
  return {
    train: (sets, validation, params, control) => train(sets, validation, params, control, threads, memory),
    fineTune: (base, app, replay, validation, params, control) =>
      fineTune(base, { app, replay, validation }, params, control, threads, memory),
    evaluate: async (model, set, signal) => (await examine(model, set, memory, signal)).report,
    examine: (model, set, signal, tuned) => examine(model, set, memory, signal, tuned),
    calibrate,
    measureRejection,
  };
}
