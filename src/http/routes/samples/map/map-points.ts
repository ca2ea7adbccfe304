import type { DrawingMap } from "../../../../domain/samples/drawing-map.ts";
import type { SheetItem } from "../../../../domain/samples/sheet/sheet-store.ts";

/** The points of a map for the page's script, column by column: a quarter of the size of an object for each. */
export interface MapPoints {
  /** Labels and predictions are indices into it. */
  labels: string[];
  /** base64url of 16 bytes for each drawing. */
  ids: string;
  /** [N], 0..10000, and down. */
  x: number[];
  y: number[];
  /** [N], the label now; −1 for none of the classes. */
  label: number[];
  /** [N], the prediction of the map's model. */
  predicted: number[];
  /** [N], its confidence in percent. */
  confidence: number[];
  /** Places of those that are withdrawn. */
  withdrawn: number[];
}

const STEPS = 10_000;

/**
 * Joins a map with the drawings as they are now. Those that were deleted are left out.
 * @param classes of the project, in order. @param items of the map's drawings, in its order.
 */
export function mapPoints(
  map: DrawingMap,
  items: readonly SheetItem[],
  classes: readonly string[],
): MapPoints {
  const labels = [...new Set([...classes, ...map.classes, ...items.flatMap(({ label }) => label ?? [])])];
  const indexOf = new Map(labels.map((label, k) => [label, k]));
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const places = [...map.ids.keys()].filter((i) => itemOf.has(map.ids[i]!));
  const here = places.map((i) => itemOf.get(map.ids[i]!)!);
  return {
    labels,
    ids: Buffer.from(here.map(({ id }) => id.replaceAll("-", "")).join(""), "hex").toString("base64url"),
    x: places.map((i) => Math.round(map.x[i]! * STEPS)),
    y: places.map((i) => Math.round(map.y[i]! * STEPS)),
    label: here.map(({ label }) => (label === null ? -1 : indexOf.get(label)!)),
    predicted: places.map((i) => indexOf.get(map.classes[map.predicted[i]!]!)!),
    confidence: places.map((i) => Math.round(map.confidence[i]! * 100)),
    withdrawn: here.flatMap(({ state }, n) => (state === "rejected" ? n : [])),
  };
}
