import { rowError, type Words, words } from "./row-problems.ts";

/** A label as a file has it: a number, or the class's name. */
export type RawLabel = number | string;

/**
 * Converts the labels of one file to class names. A label that is a class's name is that class; otherwise a number
 * counts the classes from 0, unless some class is named by a number: then it could mean either, and is refused.
 * `offset` is subtracted from every number, for files that count from 1.
 *
 * Without an offset, a file that counts other classes than numbers and has no 0 is refused: each of its labels would be
 * a valid label of the wrong class if it counts from 1. Only the end of a file tells, so `finish` checks that.
 */
export class ClassNames {
  readonly #file: string;
  readonly #classes: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #offset: number | null;
  readonly #areNumbers: boolean;
  #lowestCount = Number.POSITIVE_INFINITY;
  #hasZero = false;

  /** @param offset the value of `--label-offset`, or null. */
  constructor(file: string, classes: readonly string[], offset: number | null) {
    this.#file = file;
    this.#classes = classes;
    this.#known = new Set(classes);
    this.#offset = offset;
    this.#areNumbers = classes.some((name) => /^\d+$/.test(name));
  }

  /**
   * Returns the class's name. @param at for messages. @param isFolder whether it is the name of a folder, in the place of
   * which there may be no label. @throws InputError for a label that is no class.
   */
  nameOf(raw: RawLabel, at: Words, isFolder = false): string {
    const number = typeof raw === "number" ? raw : /^\d+$/.test(raw) ? Number(raw) : null;
    if (number === 0) this.#hasZero = true;
    const isNumber = number !== null && Number.isInteger(number);
    const label = isNumber && this.#offset !== null ? number - this.#offset : raw;
    const name = String(label).normalize("NFC");
    if (this.#known.has(name)) return name;
    if (isNumber && !this.#areNumbers) {
      this.#lowestCount = Math.min(this.#lowestCount, number);
      const counted = this.#classes[Number(label)];
      if (counted !== undefined) return counted;
    }
    throw rowError(this.#file, at, this.#refusal(raw, isFolder));
  }

  /** Ends the file. @throws InputError when its labels seem to count from 1. */
  finish(): void {
    if (this.#offset !== null || !Number.isFinite(this.#lowestCount) || this.#hasZero) return;
    const first = JSON.stringify(this.#classes[0]);
    const lowest = this.#lowestCount;
    const text = `no label is 0, and the lowest is ${lowest}. Give --label-offset 1 if the labels count from 1, or --label-offset 0 if no image is of the first class (${first})`;
    throw rowError(this.#file, null, words(text, "countFrom", { lowest, first }));
  }

  #refusal(raw: RawLabel, isFolder: boolean): Words {
    const found = typeof raw === "string" ? JSON.stringify(raw) : String(raw);
    const names = this.#classes.length > 12 ? [...this.#classes.slice(0, 12), "…"] : this.#classes;
    const isOneTooHigh = this.#offset === null && Number(raw) === this.#highest() + 1 && !this.#hasZero;
    const figures = { names: names.join(", "), found };
    const expected = `expected a label of the classes ${figures.names}, found ${found}`;
    if (isOneTooHigh)
      return words(`${expected}. If the labels count from 1, give --label-offset 1`, "fromOne", figures);
    const remedy = ". Correct the label, or add the class to parameters.yml";
    if (isFolder) {
      const unlabelled =
        ". Images without a label go into a folder _unlabelled, or to the top of the archive";
      return words(`${expected}${remedy}${unlabelled}`, "notClassFolder", figures);
    }
    if (this.#offset === null) return words(`${expected}${remedy}`, "notClass", figures);
    const shifted = { ...figures, offset: this.#offset };
    return words(`${expected} less the offset ${this.#offset}${remedy}`, "notClassLess", shifted);
  }

  /** The highest number that is a label. */
  #highest(): number {
    return this.#areNumbers
      ? Math.max(...this.#classes.map(Number).filter(Number.isFinite))
      : this.#classes.length - 1;
  }
}
