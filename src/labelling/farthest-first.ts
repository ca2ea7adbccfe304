/** A drawing as a point in the model's space of features. */
export interface Point {
  id: string;
  /** float32 [D]. */
  features: Float32Array;
}

/**
 * Farthest-first traversal (k-center greedy): each step picks the point that is farthest from everything that is covered
 * so far, and covers it. Deterministic: of equally far points, the one with the smallest id; when nothing is covered,
 * the one that `start` says. The order of the points does not matter.
 *
 * Source: Gonzalez, Clustering to minimize the maximum intercluster distance (1985); Sener and Savarese, Active Learning
 * for Convolutional Neural Networks: A Core-Set Approach (2018), algorithm 1.
 */
export class FarthestFirst {
  readonly #points: readonly Point[];
  /** Squared distance of each point to what is covered; −1 for one that was picked. */
  readonly #distances: Float64Array;
  readonly #start: number;
  #hasCovered = false;

  /**
   * @param points with different ids and equally many features. The caller may not change them.
   * @param start a number in [0, 1): the share of the points, by id, before the first one when nothing is covered.
   */
  constructor(points: readonly Point[], start: number) {
    this.#points = points.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    this.#distances = new Float64Array(points.length).fill(Number.POSITIVE_INFINITY);
    this.#start = Math.floor(start * points.length);
  }

  /** Covers a point that is not among the points: one that has a label already. */
  cover(features: Float32Array): void {
    this.#hasCovered = true;
    this.#points.forEach((point, n) => {
      const distance = squaredDistance(point.features, features);
      if (distance < this.#distances[n]!) this.#distances[n] = distance;
    });
  }

  /** Picks the next point. @returns its id and its distance to what was covered (infinite for nothing), or null at the end. */
  pick(): { id: string; distance: number } | null {
    const n = this.#hasCovered ? this.#farthest() : this.#start;
    const point = this.#points[n];
    if (point === undefined) return null;
    const distance = Math.sqrt(this.#distances[n]!);
    this.cover(point.features);
    this.#distances[n] = -1;
    return { id: point.id, distance };
  }

  /** @returns the index of the farthest point that was not picked; −1 when there is none. */
  #farthest(): number {
    let farthest = -1;
    let greatest = -1;
    this.#distances.forEach((distance, n) => {
      if (distance <= greatest) return;
      greatest = distance;
      farthest = n;
    });
    return farthest;
  }
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    sum += difference * difference;
  }
  return sum;
}
