/**
 * Weights between two models of one network: tuned + keep · (before − tuned). A weight that both share stays the same,
 * bit by bit.
 *
 * @param tuned  [N].
 * @param before [N].
 * @param keep   0 returns `tuned`, 1 `before`.
 * @throws {RangeError} when the sizes disagree.
 *
 * Source: M. Wortsman et al., Robust fine-tuning of zero-shot models, CVPR 2022.
 */
export function blended(tuned: Float32Array, before: Float32Array, keep: number): Float32Array {
  if (tuned.length !== before.length) {
    throw new RangeError(`Cannot blend ${tuned.length} weights with ${before.length}`);
  }
  return tuned.map((weight, i) => weight + keep * (before[i]! - weight));
}
