import { calibrationOf } from "./calibration.ts";
import type { EvaluationReport } from "./types.ts";

/**
 * What a classifier's logits are worth against the true labels.
 *
 *   loss      = 1/N · Σₙ ( logSumExp(logits[n,:]) − logits[n, labels[n]] ), in nats
 *   recall    = right among those that are of the class; null when there is none
 *   precision = right among those that are called so; null when there is none
 *
 * The predicted class is that of the greatest logit; of equal ones the first. Its softmax is the confidence that
 * `calibration` is about.
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
  const K = classes.length;
  const N = labels.length;
  if (N === 0 || logits.length !== N * K) {
    throw new RangeError(`Cannot evaluate: ${logits.length} logits for ${N} labels of ${K} classes`);
  }
  const confusion = classes.map(() => Array<number>(K).fill(0));
  const answers: { confidence: number; isRight: boolean }[] = [];
  let loss = 0;
  for (let n = 0; n < N; n++) {
    const label = labels[n]!;
    if (label >= K) throw new RangeError(`Cannot evaluate: label ${label} of ${K} classes`);
    const row = logits.subarray(n * K, (n + 1) * K);
    const total = logSumExp(row);
    const predicted = argMax(row);
    loss += total - row[label]!;
    confusion[label]![predicted]! += 1;
    answers.push({
      confidence: Math.min(1, Math.exp(row[predicted]! - total)),
      isRight: predicted === label,
    });
  }
  const right = classes.map((_, k) => confusion[k]![k]!);
  return {
    n: N,
    accuracy: sum(right) / N,
    loss: loss / N,
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
    calibration: calibrationOf(answers),
  };
}

function logSumExp(row: Float32Array): number {
  const max = Math.max(...row);
  let total = 0;
  for (const value of row) total += Math.exp(value - max);
  return max + Math.log(total);
}

function argMax(row: Float32Array): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if (row[k]! > row[best]!) best = k;
  return best;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
