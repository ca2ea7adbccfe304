import type { RunDataset } from "../domain/run.ts";

type Shape = Pick<RunDataset, "type" | "shape">;

/** The type of a node's input or output and its shape, for run records. */
export function shapeOf(value: unknown): Shape {
  if (value === null || typeof value !== "object")
    return { type: value === null ? "null" : typeof value, shape: null };
  if (Array.isArray(value)) return { type: "list", shape: [value.length] };
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
