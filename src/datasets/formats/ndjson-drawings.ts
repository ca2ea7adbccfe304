import { EmptyInkError } from "../../digits/errors.ts";
import { IMAGE_PIXELS } from "../../digits/image-format.ts";
import { parseDrawing } from "../../digits/parse.ts";
import { rasterise } from "../../digits/rasterise.ts";
import type { Drawing } from "../../domain/drawing.ts";
import { InputError, messageOf } from "../../lib/errors.ts";
import { linesOf } from "../images/unpack.ts";

/** One line of an NDJSON file of drawings, with its raster image. */
export interface DrawingRow {
  /** 1-based. */
  line: number;
  /** Null for a drawing of none of the classes. */
  label: string | null;
  writer: string | null;
  /** The session, as written by `samples export`. */
  session: string | null;
  /** Null when the row has pixels only. */
  drawing: Drawing | null;
  /** uint8 [784], rendered from the strokes; null when they leave no ink, or the row has pixels only. */
  pixels: Uint8Array | null;
  /** [784]: the row's own pixels, in the range of its file; null when the row has strokes. */
  values: number[] | null;
  /** Whether the label is doubtful; in the file `suspect` is `true`, or the label that a reviewer would give. */
  isSuspect: boolean;
  /** Whether the sample was withdrawn. */
  isRejected: boolean;
}

/**
 * Reads drawings, one JSON object per line: `{label, writer?, w, h, strokes, suspect?}` with strokes as
 * `[[[x, y, t_ms?, pressure?], ...], ...]`, y down; or `{label, writer?, pixels}` with 784 numbers 0..255. Also reads
 * the output of `samples export`, and files packed with gzip. Blank lines and other fields are ignored.
 *
 * @param classes the allowed labels; null ignores labels.
 * @throws InputError when the file does not exist, or naming file, line and field of an invalid value.
 */
export async function* readDrawings(
  file: string,
  classes: readonly string[] | null,
): AsyncGenerator<DrawingRow> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    if (text.trim() === "") continue;
    try {
      yield parseRow(text, line, classes);
    } catch (error) {
      throw new InputError(`Cannot read ${file}, line ${line}: ${messageOf(error)}`, { cause: error });
    }
  }
}

function parseRow(text: string, line: number, classes: readonly string[] | null): DrawingRow {
  const row: unknown = JSON.parse(text);
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    throw new InputError("expected an object {label, w, h, strokes}");
  }
  const { label, writer, session, suspect, state } = row as Record<string, unknown>;
  const isNegative = classes === null || (state === "negative" && label === null);
  return {
    line,
    label: isNegative ? null : labelOf(label, classes),
    writer: textOf(writer, "writer"),
    session: textOf(session, "session"),
    ...parseInk(row as Record<string, unknown>),
    isSuspect: suspect !== undefined && suspect !== null && suspect !== false,
    isRejected: state === "rejected",
  };
}

function labelOf(label: unknown, classes: readonly string[]): string {
  const name = typeof label === "number" ? String(label) : label;
  if (typeof name === "string" && classes.includes(name)) return name;
  const found = JSON.stringify(label) ?? "nothing";
  throw new InputError(`label: expected one of ${classes.join(", ")}, found ${found}`);
}

function parseInk({ pixels, strokes, w, h, width, height }: Record<string, unknown>) {
  if (strokes === undefined && pixels !== undefined) {
    return { drawing: null, pixels: null, values: valuesOf(pixels) };
  }
  const drawing = parseDrawing({ strokes, width: width ?? w, height: height ?? h });
  return { drawing, pixels: render(drawing), values: null };
}

function valuesOf(pixels: unknown): number[] {
  const isImage = Array.isArray(pixels) && pixels.length === IMAGE_PIXELS;
  if (isImage && pixels.every((value) => typeof value === "number")) return pixels;
  const found = Array.isArray(pixels) ? `${pixels.length} values` : typeof pixels;
  throw new InputError(`pixels: expected ${IMAGE_PIXELS} numbers (28 rows of 28), found ${found}`);
}

function textOf(value: unknown, field: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new InputError(`${field}: expected a string, found ${typeof value}`);
}

function render(drawing: Drawing): Uint8Array | null {
  try {
    return rasterise(drawing);
  } catch (error) {
    if (error instanceof EmptyInkError) return null;
    throw error;
  }
}
