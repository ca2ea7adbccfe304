/**
 * The gradient of 2×2 max pooling with stride 2 and no padding: each dy goes to the first of its window's
 * inputs, row by row, that is the maximum.
 *
 * @param x  [N, H, W, C]
 * @param dy [N, ⌊H/2⌋, ⌊W/2⌋, C]
 * @returns [N, H, W, C]
 */
export function maxPoolGradReference(
  shape: readonly [n: number, h: number, w: number, c: number],
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
): Float64Array {
  const [n, h, w, c] = shape;
  const dx = new Float64Array(n * h * w * c);
  let at = 0;
  for (let image = 0; image < n; image++) {
    for (let oy = 0; oy < h >> 1; oy++) {
      for (let ox = 0; ox < w >> 1; ox++) {
        for (let channel = 0; channel < c; channel++) {
          const corner = ((image * h + 2 * oy) * w + 2 * ox) * c + channel;
          const window = [corner, corner + c, corner + w * c, corner + w * c + c];
          const best = window.reduce((first, i) => (x[i]! > x[first]! ? i : first));
          dx[best]! += dy[at++]!;
        }
      }
    }
  }
  return dx;
}
