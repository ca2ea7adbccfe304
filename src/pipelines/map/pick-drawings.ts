import { LEAST_ON_MAP } from "../../domain/samples/drawing-map.ts";
import type { StoredDrawings } from "../../domain/samples/stored-drawings.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { InputError } from "../../lib/errors.ts";
import { createRandom, type Random } from "../../lib/random.ts";
import { saying } from "../../lib/saying.ts";
import type { MapParams } from "./map-params.ts";

/** The drawings of a map, in the order of their ids' arrival, with the number that they were chosen from. */
export interface PickedDrawings extends Pick<StoredDrawings, "lastArrival" | "rows" | "cols" | "ids"> {
  /** uint8 [N, rows, cols], row-major, ink 255 on 0. */
  images: Uint8Array;
  total: number;
}

/** Inputs of the node pick_drawings. */
export interface PickDrawingsInputs {
  stored_drawings: StoredDrawings;
  map: MapParams;
  seed: number;
}

/**
 * Picks the drawings of a map: all, or `max_drawings` of them. Those in doubt are picked first, because the map is there
 * to find wrong labels; the rest is as even over the labels as can be, so that a rare one is not lost. Only images of those
 * that are picked are loaded; one that is gone by then is left out.
 *
 * @throws {InputError} for fewer than `LEAST_ON_MAP`.
 */
export async function pickDrawings(
  { stored_drawings, map, seed }: PickDrawingsInputs,
  context: NodeContext,
): Promise<PickedDrawings> {
  const { lastArrival, rows, cols } = stored_drawings;
  const total = stored_drawings.ids.length;
  requireEnough(total);
  const picked = indicesOf(stored_drawings, map.max_drawings, createRandom(seed).fork("map"));
  const wanted = picked.map((i) => stored_drawings.ids[i]!);
  const found = await stored_drawings.loadImages(wanted);
  context.signal.throwIfAborted();
  const ids = wanted.filter((_, i) => found[i] !== null);
  const n = ids.length;
  requireEnough(n);
  context.log(`On the map: ${n} of ${total} drawings`, saying("onMap", { n, total }));
  const images = new Uint8Array(n * rows * cols);
  found
    .filter((image) => image !== null)
    .forEach((image, to) => {
      images.set(image, to * rows * cols);
    });
  return { lastArrival, rows, cols, images, ids, total };
}

function requireEnough(n: number): void {
  if (n >= LEAST_ON_MAP) return;
  throw new InputError(
    `There are ${n} drawings with a label: too few for a map, which needs ${LEAST_ON_MAP}. Draw and label more first`,
    { says: saying("fewForMap", { n, needed: LEAST_ON_MAP }) },
  );
}

function indicesOf({ ids, labels, isDoubtful }: StoredDrawings, most: number, random: Random): number[] {
  const all = [...ids.keys()];
  if (all.length <= most) return all;
  const doubtful = random.shuffle(all.filter((i) => isDoubtful[i] === 1));
  const groups = new Map<string | null, number[]>();
  for (const i of random.shuffle(all.filter((one) => isDoubtful[one] !== 1))) {
    const label = labels[i]!;
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [i]);
    else group.push(i);
  }
  return [...doubtful, ...inTurns([...groups.values()])].slice(0, most).sort((a, b) => a - b);
}

/** One of each group, then another of each, until all are in. */
function inTurns(groups: readonly number[][]): number[] {
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => groups.flatMap((group) => group[turn] ?? [])).flat();
}
