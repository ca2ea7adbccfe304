import type { Random } from "../../lib/random.ts";

/** Largest number of blots, and their largest radius in pixels. */
const MOST = 10;
const LARGEST_PX = 2.2;

/**
 * Drops 1 to 10 round blots of 0.6 to 2.2 px radius on the image, in place, at random places: of ink, or of blank as
 * where ink did not take.
 *
 * @param image float32 [rows * cols], ink 0..1.
 */
export function dropBlots(image: Float32Array, rows: number, cols: number, random: Random): void {
  const count = 1 + random.int(MOST);
  for (let blot = 0; blot < count; blot++) {
    const middleX = cols * random.next();
    const middleY = rows * random.next();
    const radius = 0.6 + (LARGEST_PX - 0.6) * random.next() * random.next();
    const ink = random.next() < 0.7 ? 1 : 0;
    const reach = radius + 0.5;
    const lastY = Math.min(rows - 1, Math.floor(middleY + reach));
    const lastX = Math.min(cols - 1, Math.floor(middleX + reach));
    for (let y = Math.max(0, Math.ceil(middleY - reach)); y <= lastY; y++) {
      for (let x = Math.max(0, Math.ceil(middleX - reach)); x <= lastX; x++) {
        const covered = Math.min(1, reach - Math.hypot(x - middleX, y - middleY));
        if (covered > 0) image[y * cols + x]! += covered * (ink - image[y * cols + x]!);
      }
    }
  }
}
