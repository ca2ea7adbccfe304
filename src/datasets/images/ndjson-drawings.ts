import { EmptyInkError } from "../../digits/errors.ts";
import { IMAGE_PIXELS } from "../../digits/image-format.ts";
import { parseDrawing } from "../../digits/parse.ts";
import { rasterise } from "../../digits/rasterise.ts";
import type { Drawing } from "../../domain/drawing.ts";
import type { SampleState } from "../../domain/sample.ts";
import { messageOf } from "../../lib/errors.ts";
import type { ClassNames, RawLabel } from "./class-names.ts";
import { type ExportedFields, exportedFields, groupName } from "./exported-sample.ts";
import { lineAt, type OnProblem, readRow, unreadable, valueError, words, wordsOf } from "./row-problems.ts";
import { linesOf } from "./unpack.ts";

/** One line of an NDJSON file of drawings, with its raster image. */
export interface DrawingRow {
  /** 1-based. */
  line: number;
  /** Null for a drawing of none of the classes. */
  label: string | null;
  writer: string | null;
  /** The session, as written by `samples export`. */
  session: string | null;
  /** The properties that it keeps of the store that it was exported from. */
  exported: ExportedFields;
  /** Null when the row has pixels only. */
  drawing: Drawing | null;
  /** uint8 [784], rendered from the strokes, or those of an exported row; null without ink, and when there are `values`. */
  pixels: Uint8Array | null;
  /** [784]: the row's own pixels, in the range of its file; null when there are strokes, or the row was exported. */
  values: number[] | null;
  /** Whether the label is doubtful; in the file `suspect` is `true`, or the label that a reviewer would give. */
  isSuspect: boolean;
  /** Whether the sample was withdrawn. */
  isRejected: boolean;
  /** Whether the line has neither a label nor a state. */
  isUnlabelled: boolean;
}

/**
 * Reads drawings, one JSON object per line: `{label, writer?, w, h, strokes, suspect?}` with strokes as
 * `[[[x, y, t_ms?, pressure?], ...], ...]`, y down; or `{label, writer?, pixels}` with 784 numbers 0..255. Also reads
 * the output of `samples export`, and files packed with gzip. Blank lines and other fields are ignored.
 *
 * @param names converts the labels, and is finished by the caller; null ignores labels.
 * @param mayBeUnlabelled whether a line without `label` and `state` is read; otherwise it is an error of its line.
 * @throws InputError when the file does not exist; naming file, line and field of an invalid value, unless `onProblem` is
 *   told.
 */
export async function* readDrawings(
  file: string,
  names: ClassNames | null,
  onProblem?: OnProblem,
  mayBeUnlabelled = false,
): AsyncGenerator<DrawingRow> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    if (text.trim() === "") continue;
    const found = await readRow(line, onProblem, () => {
      const { label: raw, ...row } = parsed(file, text, line, { hasLabels: names !== null, mayBeUnlabelled });
      return { ...row, label: raw === null || names === null ? null : names.nameOf(raw, lineAt(line)) };
    });
    if (found !== null) yield found;
  }
}

/** A row with its label as the file has it. */
type RawRow = Omit<DrawingRow, "label"> & { label: RawLabel | null };

interface LabelRules {
  hasLabels: boolean;
  mayBeUnlabelled: boolean;
}

function parsed(file: string, text: string, line: number, rules: LabelRules): RawRow {
  try {
    return parseRow(text, line, rules);
  } catch (error) {
    throw unreadable(file, wordsOf(error), error, lineAt(line));
  }
}

function parseRow(text: string, line: number, { hasLabels, mayBeUnlabelled }: LabelRules): RawRow {
  const row = jsonOf(text);
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    throw valueError(words("expected an object {label, w, h, strokes}", "notObject"));
  }
  const values = row as Record<string, unknown>;
  const { label, writer, session, suspect } = values;
  const exported = exportedFields(values);
  const { state } = exported;
  const isUnlabelled = mayBeUnlabelled && label === undefined && state === undefined;
  return {
    line,
    label: hasLabels && !isUnlabelled ? labelOf(label, state) : null,
    writer: groupName(writer, "writer"),
    session: groupName(session, "session"),
    exported,
    ...parseInk(values, exported.id !== undefined),
    isSuspect: suspect !== undefined && suspect !== null && suspect !== false,
    isRejected: state === "rejected",
    isUnlabelled,
  };
}

/** @throws InputError for a line that is not JSON, with the parser's own reason. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = messageOf(error);
    throw valueError(words(reason, "notJson", { reason }), error);
  }
}

function labelOf(label: unknown, state: SampleState | undefined): RawLabel | null {
  if (label === null && (state === "negative" || state === "rejected")) return null;
  if (state === "negative") {
    throw valueError(words('label: expected null, because the state is "negative"', "negativeLabel"));
  }
  if (typeof label === "string" || typeof label === "number") return label;
  if (label === undefined) throw valueError(words("label: expected a class, found nothing", "noLabel"));
  const found = JSON.stringify(label);
  throw valueError(words(`label: expected a class, found ${found}`, "labelForm", { found }));
}

/** @param isStored whether the pixels are those of a stored sample, which are right as they are. */
function parseInk({ pixels, strokes, w, h, width, height }: Record<string, unknown>, isStored: boolean) {
  if (strokes === undefined && pixels !== undefined) {
    if (isStored) return { drawing: null, pixels: storedPixels(pixels), values: null };
    return { drawing: null, pixels: null, values: valuesOf(pixels) };
  }
  const drawing = parseDrawing({ strokes, width: width ?? w, height: height ?? h });
  return { drawing, pixels: render(drawing), values: null };
}

/** Reads pixels that are stored as they are, in whatever range they were imported. */
function storedPixels(pixels: unknown): Uint8Array | null {
  const values = valuesOf(pixels);
  const bad = values.find((value) => !Number.isInteger(value) || value < 0 || value > 255);
  if (bad !== undefined)
    throw valueError(
      words(`pixels: expected whole numbers 0..255, found ${bad}`, "wholePixels", { found: bad }),
    );
  return values.some((value) => value > 0) ? Uint8Array.from(values) : null;
}

function valuesOf(pixels: unknown): number[] {
  const isImage = Array.isArray(pixels) && pixels.length === IMAGE_PIXELS;
  if (isImage && pixels.every((value) => typeof value === "number")) return pixels;
  const expected = `pixels: expected ${IMAGE_PIXELS} numbers (28 rows of 28)`;
  if (!Array.isArray(pixels))
    throw valueError(
      words(`${expected}, found ${typeof pixels}`, "notPixels", { n: IMAGE_PIXELS, type: typeof pixels }),
    );
  const figures = { n: IMAGE_PIXELS, found: pixels.length };
  throw valueError(words(`${expected}, found ${pixels.length} values`, "pixelCount", figures));
}

function render(drawing: Drawing): Uint8Array | null {
  try {
    return rasterise(drawing);
  } catch (error) {
    if (error instanceof EmptyInkError) return null;
    throw error;
  }
}
