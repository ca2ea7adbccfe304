/**
 * Whether an image is dark ink on a light ground: its border and most of its area are on the light side of the middle
 * of its own range. An image of one value is light above 127.
 *
 * Ink is 255 on 0 everywhere in tegaki, and no digit fills both the border and most of the area.
 *
 * @param pixels uint8 [rows, cols], row-major.
 */
export function isDarkOnLight(pixels: Uint8Array, rows: number, cols: number): boolean {
  let [min, max, sum, borderSum, borderCount] = [255, 0, 0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    const [row, col] = [Math.floor(i / cols), i % cols];
    if (row === 0 || col === 0 || row === rows - 1 || col === cols - 1) {
      borderSum += value;
      borderCount += 1;
    }
  }
  const middle = min === max ? 127 : (min + max) / 2;
  return sum / pixels.length > middle && borderSum / borderCount > middle;
}
