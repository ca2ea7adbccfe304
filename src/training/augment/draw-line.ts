import type { Random } from "../../lib/random.ts";

/**
 * Draws one straight line through the image, in place: ink or blank, solid or dashed, 1 to 3 px wide, in any direction,
 * and at most a third of the image's side from its centre. Ink looks like a ruled form, blank like a pen that skips.
 *
 * @param image float32 [rows * cols], ink 0..1.
 */
export function drawLine(image: Float32Array, rows: number, cols: number, random: Random): void {
  const direction = Math.PI * random.next();
  const normalX = Math.cos(direction);
  const normalY = Math.sin(direction);
  const offset = (2 * random.next() - 1) * 0.35 * Math.min(rows, cols);
  const halfWidth = 0.5 + random.next();
  const ink = random.next() < 0.5 ? 1 : 0;
  const isDashed = random.next() < 0.5;
  const pace = 1 + random.next();
  const start = 8 * random.next();
  for (let y = 0; y < rows; y++) {
    const dy = y - (rows - 1) / 2;
    for (let x = 0; x < cols; x++) {
      const dx = x - (cols - 1) / 2;
      const distance = Math.abs(dx * normalX + dy * normalY - offset);
      const covered = Math.min(1, halfWidth - distance + 0.5);
      if (covered <= 0) continue;
      if (isDashed && Math.sin(pace * (dx * normalY - dy * normalX + start)) < 0) continue;
      image[y * cols + x]! += covered * (ink - image[y * cols + x]!);
    }
  }
}
