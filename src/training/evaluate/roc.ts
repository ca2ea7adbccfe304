/**
 * The area under the ROC curve: the probability that a positive has a greater score than a negative, a tie counting
 * half. Exact, by ranks: with the sum R of the positives' ranks (1 is the least; equal scores share their mean rank),
 *
 *   area = ( R − P(P+1)/2 ) / (P · N)
 *
 * Source: Hanley and McNeil, The Meaning and Use of the Area under a ROC Curve (1982).
 *
 * @param negatives N scores. @param positives P scores.
 * @returns 0..1; 0.5 when the scores carry no information, null when there are no negatives or no positives.
 */
export function areaUnderRoc(negatives: Float64Array, positives: Float64Array): number | null {
  const N = negatives.length;
  const P = positives.length;
  if (N === 0 || P === 0) return null;
  const sorted = Float64Array.from([...negatives, ...positives]).sort();
  let rankSum = 0;
  for (const score of positives) rankSum += meanRank(sorted, score);
  return (rankSum - (P * (P + 1)) / 2) / (P * N);
}

/** The mean 1-based rank of a value in a sorted array that contains it, over its equals. */
function meanRank(sorted: Float64Array, value: number): number {
  return (countBelow(sorted, value, false) + 1 + countBelow(sorted, value, true)) / 2;
}

/** Number of scores below the value, or at most equal to it when `isInclusive`; a binary search. */
function countBelow(sorted: Float64Array, value: number, isInclusive: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const isBefore = isInclusive ? sorted[middle]! <= value : sorted[middle]! < value;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The least of the scores that at most a share `rate` of them exceeds.
 *
 * @param scores at least one.
 * @param rate in [0, 1).
 * @throws {RangeError} when there are no scores, or the rate is out of range.
 */
export function thresholdAt(scores: Float64Array, rate: number): number {
  const n = scores.length;
  if (n === 0) throw new RangeError("Cannot set a threshold: there are no scores");
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`Cannot set a threshold: the rate must be in [0, 1), found ${rate}`);
  }
  // Floor with a tolerance: 0.07 * 100 is 7.000000000000001.
  const above = Math.floor(rate * n + 1e-9);
  return Float64Array.from(scores).sort()[n - 1 - above]!;
}

/** The share of the scores above the threshold; null when there are none. */
export function shareAbove(scores: Float64Array, threshold: number): number | null {
  if (scores.length === 0) return null;
  return scores.reduce((count, score) => count + (score > threshold ? 1 : 0), 0) / scores.length;
}
