import type { EpochRecord } from "../../domain/runs/training-progress.ts";
import { report } from "../evaluate/metrics.ts";
import { setWeights, weightsOf } from "../model/weights.ts";
import { type Checkpoint, decodeState, encodeState, type TrainingState } from "./checkpoint.ts";
import { Trainer, type TrainerTask } from "./trainer.ts";
import { weightsNotFinite } from "./training-failures.ts";

/** Labelled examples that are not trained on, and the current model's logits for them. */
export interface Validation {
  labels: Uint8Array;
  /** float32 [N, K]. */
  logits(signal: AbortSignal): Promise<Float32Array>;
}

/** A task of the trainer, with its validation and checkpoint. */
export interface FitTask extends TrainerTask {
  /** Null keeps the weights of the last epoch. */
  validation: Validation | null;
  /** Null saves no state between epochs. */
  checkpoint: Checkpoint | null;
}

/** The epochs of a finished training; the model then has the weights of `bestEpoch`. */
export interface FitResult {
  history: EpochRecord[];
  /** From 1. */
  bestEpoch: number;
}

/**
 * Trains some layers of a model by RMSprop on the categorical cross-entropy of its examples.
 *
 * The model is left with the weights of its best epoch: the one with the highest validation accuracy, and of equal
 * ones the one with the lowest validation loss; the last epoch without a validation set. With `patience`, it stops
 * that many epochs after the best one. The same seed, data and parameters give the same weights, bit by bit, on the
 * same number of threads; also when it resumes from the checkpoint that another process left.
 *
 * @throws {TrainingError} when the loss, or after an epoch a weight, is no longer a finite number.
 * @throws the signal's reason, at most one step after it is aborted.
 */
export async function fit(task: FitTask): Promise<FitResult> {
  const { model, params, checkpoint } = task;
  const trainer = new Trainer(task);
  try {
    let state = (await restore(task, trainer)) ?? { history: [], weights: weightsOf(model), best: null };
    let savedAt = performance.now();
    while (!isOver(state, params)) {
      state = await nextEpoch(task, trainer, state);
      const seconds = (performance.now() - savedAt) / 1000;
      if (checkpoint === null || isOver(state, params) || seconds < checkpoint.minSeconds) continue;
      await checkpoint.write(encodeState({ ...state, squares: trainer.squares() }));
      savedAt = performance.now();
    }
    if (state.best !== null) setWeights(model, state.best.weights);
    await checkpoint?.remove();
    return { history: state.history, bestEpoch: state.best?.epoch ?? 0 };
  } finally {
    trainer.dispose();
  }
}

type State = Omit<TrainingState, "squares">;

async function restore({ model, checkpoint, control }: FitTask, trainer: Trainer): Promise<State | null> {
  const bytes = (await checkpoint?.read()) ?? null;
  const state = bytes === null ? null : decodeState(bytes);
  if (state === null) return null;
  setWeights(model, state.weights);
  trainer.restore(state.squares);
  trainer.bestEpoch = state.best?.epoch ?? null;
  for (const record of state.history) trainer.report(record);
  control.onResumed?.(state.history.length);
  return state;
}

async function nextEpoch(task: FitTask, trainer: Trainer, { history, best }: State): Promise<State> {
  const started = performance.now();
  const trained = await trainer.epoch(history.length + 1);
  const weights = weightsOf(task.model);
  if (!weights.every(Number.isFinite)) {
    throw weightsNotFinite(trained.epoch, trainer.baseLearningRate);
  }
  const record = { ...trained, ...(await validate(task)), seconds: (performance.now() - started) / 1000 };
  const isBest = best === null || isBetter(record, history[best.epoch - 1]!);
  if (isBest) trainer.bestEpoch = record.epoch;
  trainer.report(record);
  return { history: [...history, record], weights, best: isBest ? { epoch: record.epoch, weights } : best };
}

function isOver({ history, best }: State, { epochs, patience }: FitTask["params"]): boolean {
  if (history.length >= epochs) return true;
  return patience > 0 && best !== null && history.length - best.epoch >= patience;
}

type Validated = Pick<EpochRecord, "val_loss" | "val_accuracy">;

async function validate({ validation, params, control }: FitTask): Promise<Validated> {
  if (validation === null) return { val_loss: null, val_accuracy: null };
  const logits = await validation.logits(control.signal);
  const { loss, accuracy } = report(logits, validation.labels, params.classes);
  return { val_loss: loss, val_accuracy: accuracy };
}

/** Whether `a` is better than `b`, an earlier epoch. */
function isBetter(a: Validated, b: Validated): boolean {
  if (a.val_accuracy === null || b.val_accuracy === null) return true;
  if (a.val_accuracy !== b.val_accuracy) return a.val_accuracy > b.val_accuracy;
  return a.val_loss! < b.val_loss!;
}
