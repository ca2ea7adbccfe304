import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import * as v from "valibot";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { character, mode, readArgs } from "../args.ts";
import { type FileFormat, textOf } from "../files/file-dataset.ts";
import {
  type Cell,
  COLUMN_TYPES,
  type ColumnType,
  inferType,
  readInferred,
  readTyped,
  writeCell,
} from "./csv-cells.ts";

/** The fields of a row by column. */
type Row = Record<string, Cell>;

const names = v.array(v.string("must be a list of names"), "must be a list of names");
/** A Map: a column may be called "constructor", which valibot's records leave out. */
const columnTypes = v.pipe(
  v.custom<Record<string, unknown>>(isRow, "must be a mapping of columns to types"),
  v.transform((types) => new Map(Object.entries(types))),
  v.map(v.string(), v.picklist(COLUMN_TYPES, "must be text, number or boolean")),
);
const loadArgs = v.object({
  delimiter: v.optional(character, ","),
  quote: v.optional(character, '"'),
  /** Lines that start with it are ignored. */
  comment: v.optional(character),
  /** The column names, for a file without a header line. */
  columns: v.optional(names),
  /** Types by column; those of all other columns are inferred. */
  types: v.optional(columnTypes, {}),
});
const saveArgs = v.object({
  delimiter: v.optional(character, ","),
  quote: v.optional(character, '"'),
  /** Whether the first line has the column names. */
  header: v.optional(v.boolean("must be true or false"), true),
  /** The columns in order; by default those of the first row. */
  columns: v.optional(names),
  mode,
});
type LoadArgs = v.InferOutput<typeof loadArgs>;
type SaveArgs = v.InferOutput<typeof saveArgs>;

/**
 * Reads and writes tables: one object per row, all with the same fields. The type of a column is inferred from all of
 * its cells, see `inferType`, unless `load_args.types` sets it. Quotes around a cell mean nothing for its type.
 */
export function csvFormat(config: DatasetConfig): FileFormat {
  const load = readArgs(config, "load_args", loadArgs);
  const save = readArgs(config, "save_args", saveArgs);
  return {
    read: (bytes) => readTable(textOf(bytes), load),
    write: (value) => writeTable(value, save),
    // The file's first line already has the column names.
    ...(save.mode === "a" && { append: (value) => writeTable(value, { ...save, header: false }) }),
  };
}

function readTable(text: string, { delimiter, quote, comment, columns, types }: LoadArgs): Row[] {
  let lines: string[][];
  try {
    lines = parse(text, {
      bom: true,
      delimiter,
      quote,
      escape: quote,
      skip_empty_lines: true,
      ...(comment !== undefined && { comment }),
    });
  } catch (error) {
    throw new DatasetError(`is not CSV: ${messageOf(error)}`, { cause: error });
  }
  const header = columns ?? lines[0] ?? [];
  const rows = columns === undefined ? lines.slice(1) : lines;
  const seen = new Set<string>();
  const twice = header.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new DatasetError(`has two columns named "${twice}"`);
  const unknown = [...types.keys()].find((name) => !header.includes(name));
  if (unknown !== undefined && lines.length > 0) {
    throw new DatasetError(
      `has no column "${unknown}", which load_args.types names. Its columns: ${header.join(", ")}`,
    );
  }
  if (rows[0] !== undefined && rows[0].length !== header.length) {
    throw new DatasetError(`has ${rows[0].length} fields per row, but ${header.length} column names`);
  }
  const readers = header.map((name, column) => readerOf(rows, name, column, types.get(name)));
  return rows.map((cells, i) =>
    Object.fromEntries(header.map((name, column) => [name, readers[column]!(cells[column]!, i + 1)])),
  );
}

function readerOf(
  rows: readonly string[][],
  name: string,
  column: number,
  type: ColumnType | undefined,
): (text: string, row: number) => Cell {
  if (type !== undefined) return (text, row) => inField(row, name, () => readTyped(text, type));
  const inferred = inferType(rows.values().map((cells) => cells[column]!));
  return (text) => readInferred(text, inferred);
}

/** Adds the place to the error of a cell. */
function inField<T>(row: number, field: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw new DatasetError(`row ${row}, field "${field}": ${messageOf(error)}`, { cause: error });
  }
}

function writeTable(value: unknown, { delimiter, quote, header, columns }: SaveArgs): string {
  if (!Array.isArray(value)) {
    throw new DatasetError(`a table must be a list of rows, found ${value === null ? "null" : typeof value}`);
  }
  const rows: unknown[] = value;
  const fields = columns ?? (isRow(rows[0]) ? Object.keys(rows[0]) : []);
  const lines = rows.map((row, i) => writeRow(row, fields, i + 1));
  if (header && fields.length > 0) lines.unshift(fields);
  // An empty line would not be read as a row.
  return stringify(lines, { delimiter, quote, escape: quote, quoted_empty: fields.length === 1 });
}

function writeRow(row: unknown, fields: readonly string[], number: number): string[] {
  if (!isRow(row)) throw new DatasetError(`row ${number}: expected an object with ${fields.join(", ")}`);
  const extra = Object.keys(row).find((name) => !fields.includes(name));
  if (extra !== undefined) {
    throw new DatasetError(`row ${number}, field "${extra}": is not a column. Columns: ${fields.join(", ")}`);
  }
  return fields.map((field) => {
    if (!Object.hasOwn(row, field)) throw new DatasetError(`row ${number}, field "${field}": is missing`);
    return inField(number, field, () => writeCell(row[field]));
  });
}

function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
