import { DatasetError } from "../../engine/errors.ts";

/** The value of a cell; null for an empty one. */
export type Cell = string | number | boolean | null;

/** The types of a column: what `load_args.types` may set, and what is inferred without it. */
export const COLUMN_TYPES = ["text", "number", "boolean"] as const;
/** The type of a column. */
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** Cells of one column, before they are read. */
type Texts = Iterable<string>;

/** Decimal notation with an optional exponent: not `0x10`, `1_000`, `1,000`, `NaN` or `Infinity`. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Text that a number cannot keep: leading zeros of a code (`007`, `-01`), the plus of a telephone number. */
const NOT_KEPT = /^(?:\+|-?0\d)/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;

/**
 * Infers the type of a column from all of its cells; empty ones do not count. It is a number only when every cell is
 * one and loses nothing as a number: a leading zero, a plus, or an integer above 2^53 makes the column text.
 */
export function inferType(cells: Texts): ColumnType {
  let found: ColumnType | null = null;
  for (const cell of cells) {
    const word = cell.trim();
    if (word === "") continue;
    const type =
      isSafeNumber(word) && !NOT_KEPT.test(word) ? "number" : BOOLEAN.test(word) ? "boolean" : "text";
    if (type === "text" || (found !== null && found !== type)) return "text";
    found = type;
  }
  return found ?? "text";
}

/**
 * Reads a cell of a column whose type was inferred: an empty one is null, whatever the type.
 * @throws never: the type was inferred from this cell as well.
 */
export function readInferred(text: string, type: ColumnType): Cell {
  if (type === "text") return text === "" ? null : text;
  const word = text.trim();
  if (word === "") return null;
  return type === "number" ? Number(word) : /^t/i.test(word);
}

/**
 * Reads a cell of a column whose type `load_args.types` sets. Text is returned unchanged, also when empty; an empty
 * cell of another type is null.
 * @throws DatasetError when the cell is not of this type, or is a number that would not be exact.
 */
export function readTyped(text: string, type: ColumnType): Cell {
  if (type === "text") return text;
  const word = text.trim();
  if (word === "") return null;
  if (type === "number" && isSafeNumber(word)) return Number(word);
  if (type === "boolean" && /^(true|false|1|0)$/i.test(word)) return /^(true|1)$/i.test(word);
  const isInexact = type === "number" && NUMBER.test(word);
  const reason = isInexact ? ", which a number cannot hold exactly. Set its type to text" : "";
  throw new DatasetError(`expected a ${type}, found "${text}"${reason}`);
}

/**
 * Returns the text of a cell, so that a number or boolean is read back as the same value.
 * @throws DatasetError for a value that a cell cannot hold.
 */
export function writeCell(value: unknown): string {
  if (value === null) return "";
  if (typeof value === "number" && Number.isFinite(value)) {
    // As an integer it would be read back as text.
    const isAboveSafe = Number.isInteger(value) && !Number.isSafeInteger(value);
    return isAboveSafe ? value.toExponential() : String(value);
  }
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  const found = typeof value === "number" ? String(value) : Array.isArray(value) ? "a list" : typeof value;
  throw new DatasetError(`expected a string, a finite number, true or false, found ${found}`);
}

/** Whether a word is a number that JavaScript holds: finite, and, if written without exponent, not above 2^53. */
function isSafeNumber(word: string): boolean {
  if (!NUMBER.test(word)) return false;
  const value = Number(word);
  return Number.isFinite(value) && (/e/i.test(word) || Math.abs(value) <= Number.MAX_SAFE_INTEGER);
}
