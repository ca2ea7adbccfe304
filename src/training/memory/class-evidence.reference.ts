import type { ClassKernel, Neighbour } from "./class-evidence.ts";

/** The plain form of `classProbabilities`, for tests: the formula as it stands, without care for small numbers. */
export function plainProbabilities(
  neighbours: readonly Neighbour[],
  classes: readonly string[],
  { decay, temperature }: ClassKernel,
): number[] {
  const densities = classes.map((name) => {
    const own = neighbours.filter(({ label }) => label === name);
    return own.reduce((sum, { distance }) => sum + Math.exp(-decay * distance), 0) / own.length;
  });
  const powers = densities.map((density) => density ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
