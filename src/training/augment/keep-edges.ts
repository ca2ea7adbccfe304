/** Values above this are ink. */
const INK = 0.5;

/**
 * Replaces the strokes by their edges, in place: a pixel is full ink where it is the ink next to blank (one of its four
 * neighbours, or the image's border), and blank elsewhere. Looks like hollow lettering, or a drawing after edge detection.
 *
 * @param image float32 [rows * cols], ink 0..1; afterwards 0 or 1.
 */
export function keepEdges(image: Float32Array, rows: number, cols: number): void {
  const isInk = Uint8Array.from(image, (value) => (value > INK ? 1 : 0));
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++, at++) {
      const isInside =
        y > 0 &&
        isInk[at - cols] === 1 &&
        y + 1 < rows &&
        isInk[at + cols] === 1 &&
        x > 0 &&
        isInk[at - 1] === 1 &&
        x + 1 < cols &&
        isInk[at + 1] === 1;
      image[at] = isInk[at] === 1 && !isInside ? 1 : 0;
    }
  }
}
