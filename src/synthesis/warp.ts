import type { Random } from "../lib/random.ts";

/** Maps a point to its new position, in the same units. */
export type Warp = (x: number, y: number) => [x: number, y: number];

/**
 * Creates a smooth random warp of the plane: for each axis the sum of two waves in random directions, one about as
 * long as a digit, the other half as long.
 *
 * @param amplitude the maximum amplitude of the longer waves, in the units of the points; half of it for the shorter.
 */
export function createWarp(amplitude: number, random: Random): Warp {
  const toX = createWaves(amplitude, random);
  const toY = createWaves(amplitude, random);
  return (x, y) => [x + toX(x, y), y + toY(x, y)];
}

function createWaves(amplitude: number, random: Random): (x: number, y: number) => number {
  const waves = [1, 2].map((harmonic) => {
    const direction = 2 * Math.PI * random.next();
    const pace = (harmonic * (0.6 + 0.8 * random.next()) * 2 * Math.PI) / 140;
    const start = 2 * Math.PI * random.next();
    const height = (amplitude * random.next()) / harmonic;
    return { paceX: pace * Math.cos(direction), paceY: pace * Math.sin(direction), start, height };
  });
  return (x, y) =>
    waves.reduce(
      (sum, { paceX, paceY, start, height }) => sum + height * Math.sin(start + paceX * x + paceY * y),
      0,
    );
}
