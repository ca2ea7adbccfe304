/** The measures of each prediction, in the names of the API. */
export const MEASURES = [
  "confidence",
  "entropy",
  "ink",
  "stroke_width",
  "aspect",
  "slant",
  "outlier_score",
  "latency",
] as const;
/** The name of one measure. */
export type Measure = (typeof MEASURES)[number];

/** The values of one prediction; a measure that it does not have is absent. */
export type Measured = Partial<Record<Measure, number>>;

/**
 * The inner edges of each measure's histogram, ascending: bin i holds the values from edge i-1 (inclusive) to edge i
 * (exclusive); the first and the last bin have no other end. They are fixed, so counts of any two hours, versions or
 * sets can be added and compared.
 *
 * - confidence: 0..1; finer near 1, where most predictions are.
 * - entropy: of the probabilities, in bits; 0 when one class has them all.
 * - ink: mean darkness of the image, 0..1. stroke_width: pixels of the 28 × 28 image.
 * - aspect: width : height of the ink, as a logarithm to base 2; 0 is square, -1 twice as high as wide.
 * - slant: degrees, positive when the top leans to the right.
 * - outlier_score: as the model has it; about -20 for a clear digit.
 * - latency: milliseconds from the request's drawing to the prediction.
 */
export const EDGES: Readonly<Record<Measure, readonly number[]>> = {
  confidence: [
    0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999,
  ],
  entropy: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 2.5, 3],
  ink: steps(0.02, 0.3, 0.01),
  stroke_width: steps(1, 6, 0.25),
  aspect: steps(-3, 1.5, 0.25),
  slant: steps(-45, 45, 5),
  outlier_score: [
    -40, -30, -25, -20, -17, -15, -13, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, -0.9, -0.5, 0, 5,
  ],
  latency: [0.5, 1, 1.5, 2, 3, 4, 5, 7.5, 10, 15, 20, 30, 50, 100, 200, 500, 1000],
};

/** from, from + step, ..., to, without the rounding errors of repeated addition. */
function steps(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step);
  return Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toFixed(6)));
}

/** Returns the number of the bin that holds a value, 0..edges.length. */
export function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
