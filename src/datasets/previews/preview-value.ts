import type { DatasetPreview } from "../../engine/catalog/dataset-preview.ts";
import { contactSheet, type SheetImages } from "../../lib/contact-sheet.ts";
import { pngUrl } from "../../lib/png-url.ts";

/** Maximum number of images in a preview. */
export const MAX_IMAGES = 60;
const MAX_ROWS = 20;
const MAX_COLUMNS = 12;
const MAX_TEXT = 4_000;
const MAX_CELL = 80;
/** A chart has no room for more points. */
const MAX_POINTS = 400;

type Row = Readonly<Record<string, unknown>>;

/** Summarises a loaded value. The kind of preview depends on the value, not on the dataset's type. */
export function previewOfValue(name: string, value: unknown): DatasetPreview {
  if (typeof value === "string") return textPreview(value);
  if (Array.isArray(value)) return listPreview(value);
  if (!isRow(value)) return textPreview(JSON.stringify(value) ?? String(value));
  return (
    imagesPreview(name, value) ??
    picturePreview(name, value) ??
    modelPreview(value) ??
    curvePreview(value) ??
    figuresPreview(value)
  );
}

/**
 * Previews images as a contact sheet of the first `MAX_IMAGES`.
 * @param total the total number of images, when `set` has only the first ones.
 */
export function sheetPreview(name: string, set: SheetImages, total?: number): DatasetPreview {
  const size = set.rows * set.cols;
  const shown = { ...set, images: set.images.subarray(0, MAX_IMAGES * size) };
  return { kind: "images", src: contactSheet(shown), alt: name, total: total ?? set.images.length / size };
}

/** One set of images, or an object of sets: the first set with images is shown, the images of all are counted. */
function imagesPreview(name: string, value: Row): DatasetPreview | null {
  const sets = [value, ...Object.values(value)].filter(isImageSet);
  if (sets.length === 0) return null;
  const total = sets.reduce((sum, { images, rows, cols }) => sum + images.length / (rows * cols), 0);
  return sheetPreview(name, sets.find(({ images }) => images.length > 0) ?? sets[0]!, total);
}

function isImageSet(value: unknown): value is SheetImages {
  if (!isRow(value) || !(value.images instanceof Uint8Array)) return false;
  return typeof value.rows === "number" && typeof value.cols === "number" && value.rows * value.cols > 0;
}

/** One image, as loaded by datasets of type image. */
function picturePreview(name: string, { rows, cols, channels, data }: Row): DatasetPreview | null {
  if (typeof rows !== "number" || typeof cols !== "number" || typeof channels !== "number") return null;
  if (!(data instanceof Uint8Array)) return null;
  return { kind: "images", src: pngUrl({ width: cols, height: rows, channels, data }), alt: name, total: 1 };
}

function modelPreview(value: Row): DatasetPreview | null {
  const topology = value.modelTopology;
  if (!isRow(topology)) return null;
  const inner = isRow(topology.model_config) ? topology.model_config : topology;
  const layers =
    isRow(inner.config) && Array.isArray(inner.config.layers) ? inner.config.layers.filter(isRow) : [];
  const sizes = new Map<string, number>();
  for (const spec of Array.isArray(value.weightSpecs) ? value.weightSpecs.filter(isRow) : []) {
    const shape = Array.isArray(spec.shape) ? spec.shape.map(Number) : [];
    const layer = String(spec.name).split("/")[0]!;
    sizes.set(layer, (sizes.get(layer) ?? 0) + shape.reduce((product, side) => product * side, 1));
  }
  const rows = layers.map((layer) => {
    const name = isRow(layer.config) ? String(layer.config.name ?? "") : "";
    return [name, String(layer.class_name ?? ""), String(sizes.get(name) ?? 0)];
  });
  return { kind: "table", columns: ["layer", "class", "weights"], rows, total: rows.length };
}

/** The epochs of a training run (`history`), or lists of numbers by name. */
function curvePreview(value: Row): DatasetPreview | null {
  const lists = Array.isArray(value.history) ? columnsOf(value.history.filter(isRow)) : Object.entries(value);
  const curves = lists.flatMap(([name, list]) => {
    if (!Array.isArray(list) || list.length < 2 || !list.every(isFigure)) return [];
    const step = Math.ceil(list.length / MAX_POINTS);
    // The last point is always kept.
    const points = list
      .map((y: number, i) => ({ x: i + 1, y }))
      .filter((_, i) => (list.length - 1 - i) % step === 0);
    return [{ name, points }];
  });
  return curves.length === 0 ? null : { kind: "curve", curves: curves.slice(0, 4) };
}

function columnsOf(rows: readonly Row[]): [string, unknown[]][] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== "epoch");
  return names.map((name) => [name, rows.map((row) => row[name])]);
}

/** A table of single values by their path. */
function figuresPreview(value: Row): DatasetPreview {
  const rows = leaves(value, "");
  return { kind: "table", columns: ["name", "value"], rows: rows.slice(0, 2 * MAX_ROWS), total: rows.length };
}

function leaves(value: Row, prefix: string): string[][] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = prefix + key;
    if (isRow(inner)) return leaves(inner, `${path}.`);
    return [[path, cell(inner)]];
  });
}

function listPreview(list: readonly unknown[]): DatasetPreview {
  const head = list.slice(0, MAX_ROWS);
  if (head.length > 0 && head.every(isRow)) {
    const columns = [...new Set(head.flatMap((row) => Object.keys(row)))].slice(0, MAX_COLUMNS);
    const rows = head.map((row) => columns.map((column) => cell(row[column])));
    return { kind: "table", columns, rows, total: list.length };
  }
  return { kind: "table", columns: ["value"], rows: head.map((item) => [cell(item)]), total: list.length };
}

function textPreview(text: string): DatasetPreview {
  return { kind: "text", text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text };
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (isFigure(value)) return shortNumber(value);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text;
}

/** A fraction with 6 significant digits; integers, and numbers that have more digits before the point, unchanged. */
function shortNumber(value: number): string {
  return String(Number.isInteger(value) || Math.abs(value) >= 1e5 ? value : Number(value.toPrecision(6)));
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function isFigure(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
