import type { GraphPicture } from "../elements.ts";
import { neighbours, reachable } from "../lineage.ts";
import type { Box } from "./box.ts";

/** The part of a picture that one layer takes, along the flow of data. */
export interface Band {
  layer: string;
  start: number;
  length: number;
}

/**
 * The index of each element's layer. An element without a layer is in the last layer that flows into it, or in none
 * if no element with a layer flows into it.
 */
export function layerIndices({ elements, edges, layers }: GraphPicture): Map<string, number> {
  const indices = new Map<string, number>();
  const next = neighbours(edges, "from", "to");
  for (const [index, layer] of layers.entries()) {
    const own = elements.filter((element) => element.layer === layer).map(({ id }) => id);
    for (const id of own) indices.set(id, index);
    for (const other of reachable(own, next)) indices.set(other, index);
  }
  for (const { id, layer } of elements) {
    if (layer !== null && layers.length > 0) indices.set(id, layers.indexOf(layer));
  }
  // A parameter is in the layer of the node that reads it.
  for (const { from, to } of edges) {
    const index = indices.get(to);
    if (index !== undefined && !indices.has(from) && from.startsWith("parameter:")) indices.set(from, index);
  }
  return indices;
}

/**
 * Bands of the layers: each starts before the first element of its layer and ends where the next one starts.
 *
 * @param boxes  of elements by id, with the flow of data from top to bottom.
 * @param gap    between rows.
 * @param length of the whole picture.
 */
export function bandsOf(
  boxes: ReadonlyMap<string, Box>,
  indices: ReadonlyMap<string, number>,
  layers: readonly string[],
  { gap, length }: { gap: number; length: number },
): Band[] {
  const tops = layers.map(() => Number.POSITIVE_INFINITY);
  for (const [id, { y }] of boxes) {
    const index = indices.get(id);
    if (index !== undefined) tops[index] = Math.min(tops[index]!, y - gap / 2);
  }
  return layers.map((layer, i) => {
    const start = i === 0 ? 0 : tops[i]!;
    return { layer, start, length: (i === layers.length - 1 ? length : tops[i + 1]!) - start };
  });
}
