import { cosineOf } from "./cosine.ts";

/**
 * Returns the unit of distance of a model's features: the median of 1 − cosine over all pairs of some images of different
 * classes. A model whose features hardly differ, and one whose features differ much, then remember alike.
 *
 * @param rows features of two or more images, all of the same length.
 * @returns above 0; 1 when no two of them differ, because such features tell nothing apart.
 */
export function featureSpread(rows: readonly Float32Array[]): number {
  const distances = rows.flatMap((row, i) => rows.slice(i + 1).map((other) => 1 - cosineOf(row, other)));
  const sorted = distances.sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 1;
  return median > 0 ? median : 1;
}
