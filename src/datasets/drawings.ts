import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { EmptyInkError } from "../digits/errors.ts";
import { parseDrawing } from "../digits/parse.ts";
import { rasterise } from "../digits/rasterise.ts";
import type { Drawing } from "../digits/types.ts";
import { InputError, messageOf } from "../lib/errors.ts";

/** One line of an NDJSON file of drawings, rendered. */
export interface DrawingRow {
  /** 1-based. */
  line: number;
  label: string;
  writer: string | null;
  drawing: Drawing;
  /** uint8 [784], or null when the drawing has no ink. */
  pixels: Uint8Array | null;
  /** Somebody doubts the label; a file may say `true`, or the label that they read. */
  isSuspect: boolean;
}

/**
 * Reads drawings, one JSON object a line: `{label, writer?, w, h, strokes, suspect?}` with strokes as
 * `[[[x, y, t_ms?, pressure?], ...], ...]`, y down. Blank lines are passed over; other fields are ignored.
 *
 * @param classes the labels that are allowed.
 * @throws InputError when there is no such file, or naming file, line and field.
 */
export async function* readDrawings(file: string, classes: readonly string[]): AsyncGenerator<DrawingRow> {
  if (!(await Bun.file(file).exists())) {
    throw new InputError(`Cannot read drawings: ${file} does not exist or is not a file`);
  }
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1;
    if (text.trim() === "") continue;
    try {
      yield parseRow(text, line, classes);
    } catch (error) {
      throw new InputError(`Cannot read ${file}, line ${line}: ${messageOf(error)}`, { cause: error });
    }
  }
}

function parseRow(text: string, line: number, classes: readonly string[]): DrawingRow {
  const row: unknown = JSON.parse(text);
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    throw new InputError("expected an object {label, w, h, strokes}");
  }
  const { label, writer, w, h, width, height, strokes, suspect } = row as Record<string, unknown>;
  const name = typeof label === "number" ? String(label) : label;
  if (typeof name !== "string" || !classes.includes(name)) {
    throw new InputError(
      `label: expected one of ${classes.join(", ")}, found ${JSON.stringify(label) ?? "nothing"}`,
    );
  }
  const drawing = parseDrawing({ strokes, width: width ?? w, height: height ?? h });
  return {
    line,
    label: name,
    writer: writer === undefined || writer === null ? null : String(writer),
    drawing,
    pixels: render(drawing),
    isSuspect: suspect !== undefined && suspect !== null && suspect !== false,
  };
}

function render(drawing: Drawing): Uint8Array | null {
  try {
    return rasterise(drawing);
  } catch (error) {
    if (error instanceof EmptyInkError) return null;
    throw error;
  }
}
