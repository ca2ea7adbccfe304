type Row = Float32Array | Float64Array;

/** log Σₖ exp zₖ, without overflow: the row's maximum is subtracted first. */
export function logSumExp(row: Row): number {
  const max = Math.max(...row);
  let total = 0;
  for (const value of row) total += Math.exp(value - max);
  return max + Math.log(total);
}

/**
 * Returns softmax(z / temperature) of every row.
 *
 * @param logits [N, K], row-major.
 * @returns float32 [N, K].
 */
export function probabilitiesOf(logits: Float32Array, K: number, temperature: number): Float32Array {
  const all = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += K) {
    const row = Float64Array.from(logits.subarray(start, start + K), (value) => value / temperature);
    const total = logSumExp(row);
    row.forEach((value, k) => {
      all[start + k] = Math.exp(value - total);
    });
  }
  return all;
}

/** Divides logits by the temperature: their softmax is the calibrated confidence that a model serves. */
export function scaled(logits: Float32Array, temperature: number): Float32Array {
  return temperature === 1 ? logits : logits.map((value) => value / temperature);
}
