import { UnavailableError } from "../lib/errors.ts";

/** A row as SQLite returns it: values by column. */
export type RawRow = Record<string, unknown>;

/** Reads the columns of a row. Each method throws UnavailableError when the column has a value of another type. */
export class Row {
  readonly #table: string;
  readonly #values: RawRow;

  constructor(table: string, values: RawRow) {
    this.#table = table;
    this.#values = values;
  }

  text(column: string): string {
    const value = this.#values[column];
    return typeof value === "string" ? value : this.#fail(column, "text");
  }

  textOrNull(column: string): string | null {
    return this.#values[column] === null ? null : this.text(column);
  }

  number(column: string): number {
    const value = this.#values[column];
    return typeof value === "number" ? value : this.#fail(column, "a number");
  }

  numberOrNull(column: string): number | null {
    return this.#values[column] === null ? null : this.number(column);
  }

  integer(column: string): number {
    const value = this.number(column);
    return Number.isSafeInteger(value) ? value : this.#fail(column, "a whole number");
  }

  integerOrNull(column: string): number | null {
    return this.#values[column] === null ? null : this.integer(column);
  }

  bytes(column: string): Uint8Array {
    const value = this.#values[column];
    return value instanceof Uint8Array ? value : this.#fail(column, "bytes");
  }

  oneOf<T extends string>(column: string, allowed: readonly T[]): T {
    const value = this.text(column);
    return allowed.find((word) => word === value) ?? this.#fail(column, allowed.join(" or "));
  }

  /** Reads a JSON object; its fields are not checked, because this program wrote them. */
  json<T extends object>(column: string): T {
    const text = this.text(column);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return this.#fail(column, "JSON");
    }
    return typeof value === "object" && value !== null ? (value as T) : this.#fail(column, "a JSON object");
  }

  jsonOrNull<T extends object>(column: string): T | null {
    return this.#values[column] === null ? null : this.json<T>(column);
  }

  #fail(column: string, expected: string): never {
    const { id, seq, version } = this.#values;
    const name = id ?? seq ?? version;
    const where = name === undefined ? this.#table : `${this.#table} ${String(name)}`;
    throw new UnavailableError(
      `Cannot read the store: ${where}: column ${column} should be ${expected}, found ${describe(this.#values[column])}. Restore a backup`,
    );
  }
}

function describe(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return JSON.stringify(value)?.slice(0, 40) ?? "nothing";
}
