import { expect } from "bun:test";

/** `n` values in [-1, 1), the same for the same seed. */
export function randomValues(n: number, seed: number): Float32Array {
  let state = (seed * 2654435761) >>> 0 || 1;
  return Float32Array.from({ length: n }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  });
}

/** Expects that no element differs from `expected` by more than `tolerance` times the largest of them. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    const difference = Math.abs(actual[i]! - expected[i]!);
    // Written so that NaN counts as infinitely far.
    worst = difference <= worst ? worst : Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  expect(worst).toBeLessThanOrEqual(tolerance * largest);
}

/**
 * The derivative of `loss` with respect to element `i` of `values`: central differences in float64, for functions that
 * are at most quadratic, for which they are exact except for rounding.
 */
export function centralDifference(
  loss: (values: Float64Array) => number,
  values: ArrayLike<number>,
  i: number,
): number {
  const h = 1e-2;
  const moved = Float64Array.from(values);
  moved[i] = values[i]! + h;
  const up = loss(moved);
  moved[i] = values[i]! - h;
  return (up - loss(moved)) / (2 * h);
}

/** Σ a·b */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
