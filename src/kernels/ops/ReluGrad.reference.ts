/** dx[i] = x[i] > 0 ? dy[i] : 0 */
export function reluGradReference(x: ArrayLike<number>, dy: ArrayLike<number>): Float64Array {
  return Float64Array.from(x, (value, i) => (value > 0 ? dy[i]! : 0));
}
