import type { ClassKernel, Neighbour } from "./class-evidence.ts";

/** The plain form of `classProbabilities`, for tests: the formula as it stands, without care for small numbers. */
export function plainProbabilities(
  neighbours: readonly Neighbour[],
  classes: readonly string[],
  { decay, temperature, examples: part }: ClassKernel,
  examples: readonly Neighbour[] = [],
): number[] {
  const densityOf = (some: readonly Neighbour[], name: string) => {
    const own = some.filter(({ label }) => label === name);
    return own.reduce((sum, { distance }) => sum + Math.exp(-decay * distance), 0) / own.length;
  };
  const powers = classes.map((name) => {
    const own = densityOf(neighbours, name);
    const hasExamples = examples.some(({ label }) => label === name);
    const density = hasExamples ? (1 - part) * own + part * densityOf(examples, name) : own;
    return density ** (1 / temperature);
  });
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
