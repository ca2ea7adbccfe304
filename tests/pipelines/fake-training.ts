import type { ImageSet } from "../../src/domain/image-set.ts";
import type { EvaluationReport } from "../../src/domain/metrics.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import type { EpochRecord } from "../../src/domain/runs/training-progress.ts";
import type { Training } from "../../src/training/training.ts";
import { templateModel } from "../support/models.ts";

export const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** A model that the fake knows by its seed. */
export function modelOf(seed: number): ModelArtifacts {
  const model = templateModel();
  return { ...model, userDefinedMetadata: { ...model.userDefinedMetadata, seed } };
}

/** N images of 28x28 whose every pixel is the image's number, labelled by `labelOf`. */
export function imageSet(n: number, labelOf: (i: number) => number = (i) => i % 10): ImageSet {
  const images = new Uint8Array(n * 784);
  for (let i = 0; i < n; i++) images.fill(i % 256, i * 784, (i + 1) * 784);
  return { rows: 28, cols: 28, images, labels: Uint8Array.from({ length: n }, (_, i) => labelOf(i)) };
}

function report(accuracy: number, n: number): EvaluationReport {
  const per_class = CLASSES.map((label) => ({ label, n: n / 10, recall: accuracy, precision: accuracy }));
  return { n, accuracy, loss: 1 - accuracy, per_class, confusion: [], calibration: { ece: 0, bins: [] } };
}

interface Call {
  what: "train" | "fineTune" | "evaluate" | "calibrate" | "measureRejection" | "probabilities";
  args: unknown[];
}

/**
 * Training that only writes down what it is asked, and says that it made a step.
 * @param accuracyOf what a model scores on a set of n images.
 */
export function fakeTraining(accuracyOf: (seed: number, n: number) => number = () => 0.99) {
  const calls: Call[] = [];
  const progress = {
    epoch: 1,
    epochs: 1,
    step: 1,
    steps: 1,
    loss: 0.5,
    val_loss: null,
    val_accuracy: null,
    samples_per_s: 100,
    learning_rate: 0.001,
    best_epoch: null,
  };
  const epoch: EpochRecord = {
    epoch: 1,
    loss: 0.5,
    val_loss: null,
    val_accuracy: null,
    samples_per_s: 100,
    learning_rate: 0.001,
    seconds: 1,
  };
  const training: Training = {
    async train(train, validation, params, control) {
      calls.push({ what: "train", args: [train, validation, params] });
      control.signal.throwIfAborted();
      control.onProgress(progress);
      return { model: modelOf(100), history: [epoch], bestEpoch: 1 };
    },
    async fineTune(base, app, replay, validation, params, control) {
      calls.push({ what: "fineTune", args: [base, app, replay, validation, params] });
      control.signal.throwIfAborted();
      control.onProgress(progress);
      return { model: modelOf(200), history: [epoch], bestEpoch: 1 };
    },
    async evaluate(model, set) {
      calls.push({ what: "evaluate", args: [model.userDefinedMetadata.seed, set.labels.length] });
      return report(accuracyOf(model.userDefinedMetadata.seed, set.labels.length), set.labels.length);
    },
    async examine(model, set, signal) {
      const examples = {
        rows: set.rows,
        cols: set.cols,
        classes: CLASSES,
        answers: [],
        images: new Uint8Array(),
      };
      const report = await training.evaluate(model, set, signal);
      // As many wrong answers as the accuracy says, the last ones.
      const right = Math.round(report.accuracy * set.labels.length);
      const predicted = set.labels.map((label, i) => (i < right ? label : (label + 1) % CLASSES.length));
      const confidence = Float32Array.from(set.labels, () => 0.9);
      return { report, examples, predicted, confidence };
    },
    async probabilities(model, set) {
      calls.push({ what: "probabilities", args: [model.userDefinedMetadata.seed, set.labels.length] });
      const K = CLASSES.length;
      const all = new Float32Array(set.labels.length * K).fill(0.01);
      set.labels.forEach((label, i) => {
        all[i * K + label] = 0.91;
      });
      return all;
    },
    async embed(model, set) {
      const labels = Uint8Array.from(set.labels, (_, i) => i % CLASSES.length);
      const probabilities = await training.probabilities(model, { ...set, labels });
      const features = new Float32Array(set.labels.length * 2);
      for (const i of set.labels.keys()) features.set([Math.cos(i), Math.sin(i)], 2 * i);
      return { features, width: 2, probabilities };
    },
    async latencyMs() {
      return 1;
    },
    async calibrate(model, validation, negatives, rejection) {
      calls.push({ what: "calibrate", args: [model, validation, negatives, rejection] });
      const calibration = { temperature: 1.5, rejection: { ...rejection, threshold: -4 } };
      const userDefinedMetadata = { ...model.userDefinedMetadata, calibration };
      const figures = { loss: { before: 0.1, after: 0.05 }, ece: { before: 0.009, after: 0.004 } };
      const n = validation.labels.length;
      return {
        model: { ...model, userDefinedMetadata },
        report: { ...calibration, ...figures, n, auroc: null },
      };
    },
    async measureRejection(model, known, unknown) {
      calls.push({ what: "measureRejection", args: [model, known, unknown] });
      const auroc = { energy: 0.9, max_logit: 0.9, max_logit_above_mean: 0.9, max_probability: 0.9 };
      return { known: known.labels.length, unknown: unknown.labels.length, auroc, flagged: null };
    },
  };
  return { training, calls };
}
