import type { ImageSet } from "../digits/types.ts";
import { dropout } from "../kernels/ops.ts";
import * as tf from "../kernels/tf.ts";
import { createRandom, type Random } from "../lib/random.ts";
import { type Batch, makeBatch } from "./batch.ts";
import { TrainingError } from "./errors.ts";
import type { FitParams } from "./fit-params.ts";
import { type Dropout, logits } from "./forward.ts";
import { nextMacrotask } from "./macrotask.ts";
import { report } from "./metrics.ts";
import { predictLogits } from "./predict.ts";
import { RMSprop } from "./rmsprop.ts";
import type { Sampler } from "./sampler.ts";
import type { EpochRecord, TrainControl, TrainProgress } from "./types.ts";
import { setWeights, weightsOf } from "./weights.ts";

export interface FitResult {
  history: EpochRecord[];
  /** From 1. */
  bestEpoch: number;
}

/**
 * Trains some layers of a model by RMSprop on the categorical cross-entropy of augmented images.
 *
 * The model is left with the weights of its best epoch: the one of the highest validation accuracy, of equal
 * ones that of the lowest validation loss; the last epoch when there is no validation set. The same seed, data
 * and parameters give the same weights, bit by bit, on the same number of threads.
 *
 * @param trained names of the layers to train; the others stay as they are, bit by bit.
 * @throws {TrainingError} when the loss, or after an epoch a weight, is no longer a finite number.
 * @throws the signal's reason, at most a step after it is aborted.
 */
export async function fit(
  model: tf.Sequential,
  trained: ReadonlySet<string>,
  sampler: Sampler,
  validation: ImageSet | null,
  params: FitParams,
  control: TrainControl,
): Promise<FitResult> {
  const trainer = new Trainer(model, trained, sampler, params, control);
  const history: EpochRecord[] = [];
  let best: { record: EpochRecord; weights: Float32Array } | null = null;
  try {
    for (let epoch = 1; epoch <= params.epochs; epoch++) {
      const started = performance.now();
      const trainedEpoch = await trainer.epoch(epoch);
      const weights = weightsOf(model);
      if (!weights.every(Number.isFinite)) trainer.fail(`weights are no longer finite after epoch ${epoch}`);
      const validated = await validate(model, validation, params.classes, control.signal);
      const record = { ...trainedEpoch, ...validated, seconds: (performance.now() - started) / 1000 };
      history.push(record);
      if (best === null || !isBetter(best.record, record)) best = { record, weights };
      trainer.report(record);
    }
  } finally {
    trainer.dispose();
  }
  if (best !== null) setWeights(model, best.weights);
  return { history, bestEpoch: best?.record.epoch ?? 0 };
}

type TrainedEpoch = Pick<EpochRecord, "epoch" | "loss" | "samples_per_s" | "learning_rate">;
type Validated = Pick<EpochRecord, "val_loss" | "val_accuracy">;

const STEPS_BETWEEN_PROGRESS = 10;

class Trainer {
  private readonly optimiser = new RMSprop();
  private readonly variables: tf.Variable[];
  private readonly random: Random;
  private readonly steps: number;

  constructor(
    private readonly model: tf.Sequential,
    trained: ReadonlySet<string>,
    private readonly sampler: Sampler,
    private readonly params: FitParams,
    private readonly control: TrainControl,
  ) {
    for (const layer of model.layers) layer.trainable = trained.has(layer.name);
    this.variables = model.layers.flatMap((layer) =>
      layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
    );
    this.random = createRandom(params.seed).fork("training");
    this.steps = Math.ceil(sampler.size / params.batchSize);
  }

  /** Goes through the samples once. */
  async epoch(epoch: number): Promise<TrainedEpoch> {
    const { batchSize, classes, augmentation } = this.params;
    const order = this.sampler.epoch(epoch);
    const random = this.random.fork(`epoch ${epoch}`);
    const augmentationRandom = random.fork("augmentation");
    const dropoutRandom = random.fork("dropout");
    // A new seed, so a new mask, for each layer and step: tfjs's own dropout has none that can be repeated.
    const drop: Dropout = (x, rate) => dropout(x, rate, dropoutRandom.int(0x7fffffff));
    const started = performance.now();
    let lossSum = 0;
    let seen = 0;
    let state: TrainedEpoch = { epoch, loss: 0, samples_per_s: 0, learning_rate: 0 };
    for (let step = 1; step <= this.steps; step++) {
      this.control.signal.throwIfAborted();
      const indices = order.subarray((step - 1) * batchSize, step * batchSize);
      const learningRate = this.learningRate(epoch, step);
      const loss = tf.tidy(() => {
        const batch = makeBatch(this.sampler, indices, classes.length, augmentation, augmentationRandom);
        return this.step(batch, drop, learningRate);
      });
      if (!Number.isFinite(loss)) this.fail(`the loss became ${loss} in epoch ${epoch}, step ${step}`);
      lossSum += loss * indices.length;
      seen += indices.length;
      const seconds = (performance.now() - started) / 1000;
      state = { epoch, loss: lossSum / seen, samples_per_s: seen / seconds, learning_rate: learningRate };
      if (step % STEPS_BETWEEN_PROGRESS === 0 && step < this.steps) this.report(state, step);
      await nextMacrotask();
    }
    return state;
  }

  report(state: TrainedEpoch & Partial<Validated>, step = this.steps): void {
    const progress: TrainProgress = {
      epoch: state.epoch,
      epochs: this.params.epochs,
      step,
      steps: this.steps,
      loss: state.loss,
      val_loss: state.val_loss ?? null,
      val_accuracy: state.val_accuracy ?? null,
      samples_per_s: state.samples_per_s,
      learning_rate: state.learning_rate,
    };
    this.control.onProgress(progress);
  }

  dispose(): void {
    this.optimiser.dispose();
  }

  /** One change of the weights. @returns the batch's mean loss before it. */
  private step({ x, y }: Batch, drop: Dropout, learningRate: number): number {
    const { value, grads } = tf.variableGrads(
      () => tf.losses.softmaxCrossEntropy(y, logits(this.model, x, drop)),
      this.variables,
    );
    this.optimiser.apply(grads, this.variables, learningRate);
    return value.dataSync()[0]!;
  }

  private learningRate(epoch: number, step: number): number {
    const done = (epoch - 1 + (step - 1) / this.steps) / this.params.epochs;
    return this.params.learningRate * 0.5 * (1 + Math.cos(Math.PI * done));
  }

  fail(reason: string): never {
    throw new TrainingError(
      `Training failed: ${reason}. Lower the learning rate (${this.params.learningRate} now)`,
    );
  }
}

async function validate(
  model: tf.Sequential,
  validation: ImageSet | null,
  classes: readonly string[],
  signal: AbortSignal,
): Promise<Validated> {
  if (validation === null) return { val_loss: null, val_accuracy: null };
  const { loss, accuracy } = report(
    await predictLogits(model, validation, signal),
    validation.labels,
    classes,
  );
  return { val_loss: loss, val_accuracy: accuracy };
}

/** Whether `a` is strictly better than `b`; without validation none is. */
function isBetter(a: Validated, b: Validated): boolean {
  if (a.val_accuracy === null || b.val_accuracy === null) return false;
  if (a.val_accuracy !== b.val_accuracy) return a.val_accuracy > b.val_accuracy;
  return a.val_loss! < b.val_loss!;
}
