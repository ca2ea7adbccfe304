import { logSumExp } from "./softmax.ts";

/** Never sharper than twice, never flatter than ten times: beyond that, a temperature does not explain the data. */
export const MIN_TEMPERATURE = 0.5;
/** The upper end of the range that starts at `MIN_TEMPERATURE`. */
export const MAX_TEMPERATURE = 10;
/** Halvings of the range of log T: down to 1e-12 of it. */
const STEPS = 40;

/** The loss at one temperature, and its slope. */
export interface Likelihood {
  /** Mean negative log-likelihood of the labels under softmax(z/T), nats. */
  loss: number;
  /** d loss / d log T. */
  gradient: number;
}

/**
 * How well softmax(z/T) predicts the labels.
 *
 *   loss(T)           = 1/N · Σₙ ( logSumExp(zₙ/T) − zₙ[yₙ]/T )
 *   d loss / d log T  = 1/N · Σₙ ( zₙ[yₙ] − Σₖ softmax(zₙ/T)ₖ · zₙ[k] ) / T
 *
 * @param logits float32 [N, K], row-major.
 * @param labels [N], each in [0, K).
 */
export function likelihood(logits: Float32Array, labels: Uint8Array, T: number): Likelihood {
  const N = labels.length;
  const K = logits.length / N;
  let loss = 0;
  let gradient = 0;
  labels.forEach((label, n) => {
    const row = Float64Array.from(logits.subarray(n * K, (n + 1) * K), (value) => value / T);
    const total = logSumExp(row);
    const expected = row.reduce((sum, value) => sum + Math.exp(value - total) * value, 0);
    loss += total - row[label]!;
    gradient += row[label]! - expected;
  });
  return { loss: loss / N, gradient: gradient / N };
}

/**
 * The temperature of maximum likelihood, within [0.5, 10].
 *
 * The loss is convex in 1/T, so its slope over log T changes sign at most once: halving the range by that sign
 * finds the minimum, or the end of the range that is nearest to it.
 *
 * Source: Guo et al., On Calibration of Modern Neural Networks (2017), section 4.2.
 *
 * @param logits float32 [N, K], row-major, N at least 1.
 * @param labels [N], each in [0, K).
 * @returns 1 when every label has the greatest logit: without a mistake, nothing determines the confidence.
 * @throws {RangeError} when the sizes disagree or a label is outside [0, K).
 */
export function fitTemperature(logits: Float32Array, labels: Uint8Array, K: number): number {
  const N = labels.length;
  if (N === 0 || logits.length !== N * K) {
    throw new RangeError(`Cannot fit a temperature: ${logits.length} logits for ${N} labels of ${K} classes`);
  }
  const bad = labels.find((label) => label >= K);
  if (bad !== undefined) throw new RangeError(`Cannot fit a temperature: label ${bad} of ${K} classes`);
  const isRight = (n: number) => {
    const row = logits.subarray(n * K, (n + 1) * K);
    return row[labels[n]!] === Math.max(...row);
  };
  if (labels.every((_, n) => isRight(n))) return 1;
  let low = Math.log(MIN_TEMPERATURE);
  let high = Math.log(MAX_TEMPERATURE);
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (likelihood(logits, labels, Math.exp(middle)).gradient > 0) high = middle;
    else low = middle;
  }
  return Math.exp((low + high) / 2);
}
