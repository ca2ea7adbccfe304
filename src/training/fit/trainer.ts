import type { EpochRecord, TrainProgress } from "../../domain/runs/training-progress.ts";
import { dropout } from "../../kernels/own-operations.ts";
import * as tf from "../../kernels/tf.ts";
import { createRandom } from "../../lib/random.ts";
import { nextMacrotask } from "../macrotask.ts";
import { type Dropout, logits } from "../model/forward.ts";
import type { Batch } from "./batch.ts";
import type { Batches } from "./batches.ts";
import type { FitParams } from "./check-params.ts";
import { RMSprop } from "./rmsprop.ts";
import type { TrainControl } from "./train-control.ts";
import { lossNotFinite } from "./training-failures.ts";

/** The model to train, its examples and parameters. */
export interface TrainerTask {
  model: tf.Sequential;
  /** Names of the layers to train; the others are left unchanged, bit by bit. */
  trained: ReadonlySet<string>;
  batches: Batches;
  /** The layer that receives the batches' inputs: 0 for images; otherwise they are the outputs of the layer before. */
  from: number;
  params: FitParams;
  control: TrainControl;
}

type TrainedEpoch = Pick<EpochRecord, "epoch" | "loss" | "samples_per_s" | "learning_rate">;
type Validated = Pick<EpochRecord, "val_loss" | "val_accuracy">;

const STEPS_BETWEEN_PROGRESS = 10;

/** Runs the steps of one training run. */
export class Trainer {
  /** Reported with the progress: the best epoch so far; null before the first has ended. */
  bestEpoch: number | null = null;
  readonly #optimiser = new RMSprop();
  readonly #variables: tf.Variable[];
  readonly #steps: number;
  readonly #task: TrainerTask;

  constructor(task: TrainerTask) {
    this.#task = task;
    const { model, trained, batches, params } = task;
    for (const layer of model.layers) layer.trainable = trained.has(layer.name);
    this.#variables = model.layers.flatMap((layer) =>
      layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
    );
    this.#steps = Math.ceil(batches.size / params.batchSize);
  }

  /** Trains on every example once. */
  async epoch(epoch: number): Promise<TrainedEpoch> {
    const { batches, params, control } = this.#task;
    const order = batches.epoch(epoch);
    const forks = ["training", `epoch ${epoch}`];
    const augmentation = { seed: params.seed, forks: [...forks, "augmentation"] };
    const dropoutRandom = createRandom(params.seed).fork(forks[0]!).fork(forks[1]!).fork("dropout");
    // A new seed, so a new mask, for each layer and step: tfjs's own dropout is not repeatable.
    const drop: Dropout = (x, rate) => dropout(x, rate, dropoutRandom.int(0x7fffffff));
    const started = performance.now();
    let lossSum = 0;
    let seen = 0;
    let state: TrainedEpoch = { epoch, loss: 0, samples_per_s: 0, learning_rate: 0 };
    let step = 0;
    for await (const batch of batches.steps(order, params.batchSize, augmentation)) {
      control.signal.throwIfAborted();
      step++;
      const learningRate = this.#learningRate(epoch, step);
      const loss = tf.tidy(() => this.#step(batch(), drop, learningRate));
      if (!Number.isFinite(loss)) {
        throw lossNotFinite(loss, epoch, step, this.baseLearningRate);
      }
      const size = Math.min(params.batchSize, order.length - seen);
      lossSum += loss * size;
      seen += size;
      const seconds = (performance.now() - started) / 1000;
      state = { epoch, loss: lossSum / seen, samples_per_s: seen / seconds, learning_rate: learningRate };
      if (step % STEPS_BETWEEN_PROGRESS === 0 && step < this.#steps) this.report(state, step);
      await nextMacrotask();
    }
    return state;
  }

  report(state: TrainedEpoch & Partial<Validated>, step = this.#steps): void {
    const progress: TrainProgress = {
      epoch: state.epoch,
      epochs: this.#task.params.epochs,
      step,
      steps: this.#steps,
      loss: state.loss,
      val_loss: state.val_loss ?? null,
      val_accuracy: state.val_accuracy ?? null,
      samples_per_s: state.samples_per_s,
      learning_rate: state.learning_rate,
      best_epoch: this.bestEpoch,
    };
    this.#task.control.onProgress(progress);
  }

  /** The optimiser's state, one array per trained weight tensor. */
  squares(): Float32Array[] {
    return this.#optimiser.state(this.#variables);
  }

  /** @param squares as `squares` returned them for the same training run. */
  restore(squares: readonly Float32Array[]): void {
    this.#optimiser.restore(this.#variables, squares);
  }

  dispose(): void {
    this.#optimiser.dispose();
  }

  /** The learning rate of the task, before its schedule. */
  get baseLearningRate(): number {
    return this.#task.params.learningRate;
  }

  /** Updates the weights once. @returns the batch's mean loss before it. */
  #step({ x, y }: Batch, drop: Dropout, learningRate: number): number {
    const { model, from } = this.#task;
    const { value, grads } = tf.variableGrads(
      () => tf.losses.softmaxCrossEntropy(y, logits(model, x, drop, from)),
      this.#variables,
    );
    this.#optimiser.apply(grads, this.#variables, learningRate);
    return value.dataSync()[0]!;
  }

  #learningRate(epoch: number, step: number): number {
    const { epochs, learningRate } = this.#task.params;
    const done = (epoch - 1 + (step - 1) / this.#steps) / epochs;
    return learningRate * 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
