/** The nearest rows of each row, itself first with distance 0, as UMAP expects them. */
export interface Neighbours {
  /** [N][k], rows by distance. */
  indices: number[][];
  /** [N][k], 1 − cosine. */
  distances: number[][];
}

/** Rows between two calls of `between`. */
const BATCH = 200;

/**
 * Finds the `k` nearest rows of each by comparing all pairs. For up to some thousands of rows that is faster than the
 * approximate search of the library, and exact. Of rows at the same distance, the first is nearer.
 *
 * @param features float32 [N, width], row-major. @param between awaited now and then with the share that is done; its
 *   error ends the search.
 */
export async function nearestNeighbours(
  features: Float32Array,
  width: number,
  k: number,
  between: (share: number) => Promise<void>,
): Promise<Neighbours> {
  const rows = unitRows(features, width);
  const n = rows.length / width;
  const indices: number[][] = [];
  const distances: number[][] = [];
  const found = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (i % BATCH === 0) await between(i / n);
    for (let j = 0; j < n; j++) found[j] = j === i ? -1 : distance(rows, width, i, j);
    const nearest = smallest(found, k);
    indices.push(nearest);
    distances.push(nearest.map((j) => (j === i ? 0 : found[j]!)));
  }
  return { indices, distances };
}

/** Never below 0, where rounding would put it for equal rows. */
function distance(rows: Float32Array, width: number, i: number, j: number): number {
  let dot = 0;
  for (let a = i * width, b = j * width, end = a + width; a < end; a++, b++) dot += rows[a]! * rows[b]!;
  return Math.max(0, 1 - dot);
}

/** The indices of the `k` smallest values, ascending; of equal values, the first one. */
function smallest(values: Float64Array, k: number): number[] {
  const best: number[] = [];
  for (let j = 0; j < values.length; j++) {
    if (best.length === k && values[j]! >= values[best[k - 1]!]!) continue;
    let at = best.length;
    while (at > 0 && values[best[at - 1]!]! > values[j]!) at--;
    best.splice(at, 0, j);
    if (best.length > k) best.pop();
  }
  return best;
}

/** Rows of length 1; a row of zeros stays one, and has the distance 1 from all others. */
function unitRows(features: Float32Array, width: number): Float32Array {
  const rows = features.slice();
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) row.set(row.map((value) => value / length));
  }
  return rows;
}
