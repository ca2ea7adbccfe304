import type { Place } from "./place.ts";

/** One property of docs/reliability.md, and the long test of it. */
export interface Row {
  /** Its number in the table. */
  row: number;
  /** The property, in a few words. */
  property: string;
  /** The test that is part of `npm test`, from the repository's root. */
  quick: string;
  /** The longest time that it may take, in seconds; then it has failed. */
  boundSeconds: number;
  /** Returns the reason why this machine cannot do it, as a sentence without a full stop; null when it can. */
  missing(): Promise<string | null> | string | null;
  /**
   * Tries it. @throws whatever it did not expect, which counts as a failure.
   * @param scale 1 for the long form; the share of it that a quick form tries.
   */
  run(place: Place, tally: Tally, scale: number): Promise<void>;
}

/** Returns how often something is tried: a share of the long form, and at least `least`. */
export function times(long: number, scale: number, least = 1): number {
  return Math.max(least, Math.round(long * scale));
}

/** The most failures that are kept in words; the others are counted. */
const MAX_WORDS = 10;

/** Counts what a row has tried, and what of it was lost or failed. */
export class Tally {
  /** Failures in words, the first ten. */
  readonly words: string[] = [];
  failed = 0;
  readonly #figures: string[] = [];

  /** The figures, in the order in which they were reported. */
  get tried(): string {
    return this.#figures.join("; ");
  }

  /** Reports a figure: how much was tried, or what was measured. */
  figure(words: string): void {
    this.#figures.push(words);
  }

  /** Reports a part that this machine cannot do: it counts neither as tried nor as failed. */
  skip(part: string, why: string): void {
    this.#figures.push(`${part} skipped: ${why}`);
  }

  /** Counts a failure unless the condition holds. @param words the failure, as a sentence without a full stop. */
  expect(holds: boolean, words: string | (() => string)): void {
    if (holds) return;
    this.failed++;
    if (this.words.length < MAX_WORDS) this.words.push(typeof words === "string" ? words : words());
  }

  /** Counts `count` failures of one kind; none for 0. */
  lost(count: number, words: string): void {
    if (count === 0) return;
    this.failed += count;
    if (this.words.length < MAX_WORDS) this.words.push(`${count} ${words}`);
  }
}
