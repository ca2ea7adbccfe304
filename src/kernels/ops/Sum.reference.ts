/** The sum of the rows of x [rows, cols], in float64. @returns [cols] */
export function sumReference(rows: number, cols: number, x: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(cols);
  for (let i = 0; i < rows * cols; i++) sums[i % cols]! += x[i]!;
  return sums;
}
