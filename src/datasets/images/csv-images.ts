import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { IMAGE_PIXELS } from "../../digits/image-format.ts";
import { InputError } from "../../lib/errors.ts";
import { lineAt, type OnProblem, readRow, rowError, unreadable, words, wordsOf } from "./row-problems.ts";
import { linesOf } from "./unpack.ts";

/** One image of a CSV file. */
export interface CsvImage {
  /** Line of the file, 1-based. */
  line: number;
  /** The label's field; null in a file without labels. */
  label: string | null;
  /** [784] */
  values: number[];
}

/** The names that a label's column goes by. */
const LABEL_NAMES: ReadonlySet<string> = new Set(["label", "labels", "class", "target", "digit", "y"]);

/**
 * Reads a table of images as Kaggle writes MNIST: `label,pixel0,...,pixel783`, one image per row, pixels row by row.
 * The label's column may be anywhere if the header names it; without a header, it is the first.
 *
 * @param needsLabels whether a file without labels is refused.
 * @throws InputError naming file, line and what was expected; of one row, unless `onProblem` is told.
 */
export async function* readCsvImages(
  file: string,
  needsLabels: boolean,
  onProblem?: OnProblem,
): AsyncGenerator<CsvImage> {
  const lines = Readable.from(withEnds(linesOf(file)));
  const parser = parse({
    info: true,
    delimiter: [",", ";", "\t"],
    skip_empty_lines: true,
    relax_column_count: true,
  });
  lines.on("error", (error) => parser.destroy(error));
  let labelAt: number | null = null;
  let width = 0;
  let isFirst = true;
  try {
    for await (const { record, info } of lines.pipe(parser) as AsyncIterable<CsvRecord>) {
      if (isFirst) {
        isFirst = false;
        width = record.length;
        labelAt = labelColumn(record);
        checkWidth(file, width, labelAt, needsLabels);
        if (isHeader(record)) continue;
      }
      const image = await readRow(info.lines, onProblem, () =>
        imageOf(record, info.lines, labelAt, file, width),
      );
      if (image !== null) yield image;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable(file, wordsOf(error), error);
  } finally {
    lines.destroy();
  }
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** Whether a row has names: no field of it is a number, apart from names such as `1x1`. */
function isHeader(record: readonly string[]): boolean {
  return record.every((field) => field.trim() === "" || !Number.isFinite(Number(field)));
}

function labelColumn(first: readonly string[]): number | null {
  if (first.length === IMAGE_PIXELS) return null;
  if (!isHeader(first)) return 0;
  const at = first.findIndex((name) => LABEL_NAMES.has(name.trim().toLowerCase()));
  return at < 0 ? null : at;
}

function checkWidth(file: string, width: number, labelAt: number | null, needsLabels: boolean): void {
  if (width === IMAGE_PIXELS + (labelAt === null ? 0 : 1)) {
    if (labelAt !== null || !needsLabels) return;
    throw unreadable(
      file,
      words(`it has ${width} columns of pixels but no labels`, "csvNoLabels", { width }),
    );
  }
  const found = labelAt === null ? `${width} columns, none named "label"` : `${width} columns`;
  const text = `expected a label and ${IMAGE_PIXELS} pixels (28 rows of 28) in each row, found ${found}`;
  const figures = { pixels: IMAGE_PIXELS, width };
  throw unreadable(file, words(text, labelAt === null ? "csvNoLabel" : "csvWidth", figures));
}

function imageOf(
  record: readonly string[],
  line: number,
  labelAt: number | null,
  file: string,
  width: number,
): CsvImage {
  if (record.length !== width) {
    const figures = { width, found: record.length };
    throw rowError(
      file,
      lineAt(line),
      words(`expected ${width} fields, found ${record.length}`, "csvFields", figures),
    );
  }
  const values = new Array<number>(IMAGE_PIXELS);
  let to = 0;
  record.forEach((field, column) => {
    if (column === labelAt) return;
    const value = field.trim() === "" ? Number.NaN : Number(field);
    if (!Number.isFinite(value)) {
      const found = JSON.stringify(field.slice(0, 40));
      const place = words(`line ${line}, column ${column + 1}`, "column", { n: line, column: column + 1 });
      throw rowError(file, place, words(`expected a pixel value, found ${found}`, "csvPixel", { found }));
    }
    values[to++] = value;
  });
  return { line, label: labelAt === null ? null : record[labelAt]!.trim(), values };
}
