import type { RunDataset } from "../domain/runs/run.ts";

type Shape = Pick<RunDataset, "type" | "shape" | "columns">;

/** A wider table is recorded without its columns: a record is read as a whole. */
const MAX_COLUMNS = 1000;

/** The type of a node's input or output and its shape, for run records; of a table, also the types of its columns. */
export function shapeOf(value: unknown): Shape {
  if (value === null || typeof value !== "object")
    return { type: value === null ? "null" : typeof value, shape: null };
  if (Array.isArray(value)) return { type: "list", shape: [value.length], ...tableColumns(value) };
  if (ArrayBuffer.isView(value)) return { type: "array", shape: [lengthOf(value)] };
  return imagesShape(value) ?? modelShape(value) ?? partsShape(value);
}

function lengthOf(view: ArrayBufferView): number {
  return "length" in view && typeof view.length === "number" ? view.length : view.byteLength;
}

/** The shape of `{rows, cols, images, ...}`, the form of image sets in src/digits; null for other objects. */
function imagesShape(value: object): Shape | null {
  if (!("images" in value && "rows" in value && "cols" in value)) return null;
  const { images, rows, cols } = value;
  if (!ArrayBuffer.isView(images) || typeof rows !== "number" || typeof cols !== "number") return null;
  return { type: "images", shape: [lengthOf(images) / (rows * cols), rows, cols] };
}

function modelShape(value: object): Shape | null {
  if (!("weightSpecs" in value && "weightData" in value && Array.isArray(value.weightSpecs))) return null;
  return { type: "model", shape: null };
}

/** The shape of an object of image sets is their total number of images; any other object has no shape. */
function partsShape(value: object): Shape {
  const parts = Object.values(value).flatMap((part) =>
    typeof part === "object" && part !== null ? (imagesShape(part) ?? []) : [],
  );
  if (parts.length === 0) return { type: "object", shape: null };
  const rows = parts.reduce((sum, { shape }) => sum + shape![0]!, 0);
  return { type: "images", shape: [rows, ...parts[0]!.shape!.slice(1)] };
}

/** The columns of a list of rows, in the order of the first row; nothing for a list of other values. */
function tableColumns(list: readonly unknown[]): Pick<Shape, "columns"> {
  if (list.length === 0 || !list.every(isRow)) return {};
  const names = Object.keys(list[0]!);
  if (names.length === 0 || names.length > MAX_COLUMNS) return {};
  return { columns: names.map((name) => ({ name, type: typeOfColumn(list, name) })) };
}

/** The type that all values of a column have but null; "mixed" for several, "null" for none. */
function typeOfColumn(rows: readonly Record<string, unknown>[], name: string): string {
  let found = "null";
  for (const row of rows) {
    const value = row[name] ?? null;
    const type = value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
    if (type === "null" || type === found) continue;
    if (found !== "null") return "mixed";
    found = type;
  }
  return found;
}

function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
