import type { Answer } from "../../domain/examples.ts";
import { logSumExp } from "./softmax.ts";

/**
 * Converts each row of logits to a prediction. The predicted class has the greatest logit; of equal ones, the first.
 *
 * @param logits float32 [N, K], row-major, N at least 1.
 * @param labels [N], each in [0, K).
 * @throws {RangeError} when the sizes disagree or a label is outside [0, K).
 */
export function answersOf(logits: Float32Array, labels: Uint8Array, K: number): Answer[] {
  const N = labels.length;
  if (N === 0 || logits.length !== N * K) {
    throw new RangeError(`Cannot evaluate: ${logits.length} logits for ${N} labels of ${K} classes`);
  }
  return Array.from(labels, (label, n) => {
    if (label >= K) throw new RangeError(`Cannot evaluate: label ${label} of ${K} classes`);
    const row = logits.subarray(n * K, (n + 1) * K);
    const total = logSumExp(row);
    const predicted = argMax(row);
    const confidence = Math.min(1, Math.exp(row[predicted]! - total));
    return { index: n, true: label, predicted, confidence, loss: total - row[label]! };
  });
}

function argMax(row: Float32Array): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if (row[k]! > row[best]!) best = k;
  return best;
}
