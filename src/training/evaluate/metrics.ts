import type { Answer } from "../../domain/examples.ts";
import type { EvaluationReport } from "../../domain/metrics.ts";
import { answersOf } from "./answers.ts";
import { calibrationOf } from "./calibration-error.ts";

/**
 * Evaluates a classifier's logits against the true labels; see `reportOf`.
 *
 * @param logits float32 [N, K], row-major, N at least 1.
 * @param labels [N], each in [0, K).
 * @throws {RangeError} when the sizes disagree or a label is outside [0, K).
 */
export function report(
  logits: Float32Array,
  labels: Uint8Array,
  classes: readonly string[],
): EvaluationReport {
  return reportOf(answersOf(logits, labels, classes.length), classes);
}

/**
 * Evaluates predictions.
 *
 *   loss      = 1/N · Σₙ −log softmax(logits[n,:])[labels[n]], in nats
 *   recall    = share correct among the images of a class; null when there are none
 *   precision = share correct among the images predicted as a class; null when there are none
 *
 * @param answers at least one.
 */
export function reportOf(answers: readonly Answer[], classes: readonly string[]): EvaluationReport {
  const confusion = classes.map(() => Array<number>(classes.length).fill(0));
  for (const answer of answers) confusion[answer.true]![answer.predicted]! += 1;
  const right = classes.map((_, k) => confusion[k]![k]!);
  return {
    n: answers.length,
    accuracy: sum(right) / answers.length,
    loss: sum(answers.map(({ loss }) => loss)) / answers.length,
    per_class: classes.map((label, k) => {
      const n = sum(confusion[k]!);
      const called = sum(confusion.map((row) => row[k]!));
      return {
        label,
        n,
        recall: n === 0 ? null : right[k]! / n,
        precision: called === 0 ? null : right[k]! / called,
      };
    }),
    confusion,
    calibration: calibrationOf(
      answers.map(({ confidence, predicted, true: label }) => ({ confidence, isRight: predicted === label })),
    ),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
