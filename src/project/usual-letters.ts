import { syntheticLetters } from "../synthesis/synthetic-set.ts";

/** Enough for the ways in which a letter is written. */
const EACH = 40;
/** Always the same ones: an answer must not depend on when a server was started. */
const SEED = 20261129;

/**
 * Returns what a class usually looks like: synthetic drawings of a letter of the Latin alphabet.
 * @returns uint8 [784] each, ink 255 on 0; none for any other class.
 */
export function usualLetters(name: string): Uint8Array[] {
  const { images, labels } = syntheticLetters(EACH, [name], SEED);
  const pixels = images.length / Math.max(1, labels.length);
  return Array.from(labels, (_, n) => images.slice(n * pixels, (n + 1) * pixels));
}
