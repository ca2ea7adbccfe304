import { LEAST_ON_MAP } from "../../domain/samples/drawing-map.ts";
import type { StoredDrawings } from "../../domain/samples/stored-drawings.ts";
import type { NodeContext } from "../../engine/pipeline/node-spec.ts";
import { InputError } from "../../lib/errors.ts";
import { createRandom, type Random } from "../../lib/random.ts";
import { saying } from "../../lib/saying.ts";
import type { MapParams } from "./map-params.ts";

/** The drawings of a map, in the order of their ids' arrival, with the number that they were chosen from. */
export interface PickedDrawings extends Omit<StoredDrawings, "isDoubtful" | "labels"> {
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
 * to find wrong labels; the rest is as even over the labels as can be, so that a rare one is not lost.
 *
 * @throws {InputError} for fewer than `LEAST_ON_MAP`.
 */
export function pickDrawings(
  { stored_drawings, map, seed }: PickDrawingsInputs,
  context: NodeContext,
): PickedDrawings {
  const total = stored_drawings.ids.length;
  if (total < LEAST_ON_MAP) {
    throw new InputError(
      `There are ${total} drawings with a label: too few for a map, which needs ${LEAST_ON_MAP}. Draw and label more first`,
      { says: saying("fewForMap", { n: total, needed: LEAST_ON_MAP }) },
    );
  }
  const picked = indicesOf(stored_drawings, map.max_drawings, createRandom(seed).fork("map"));
  const n = picked.length;
  context.log(`On the map: ${n} of ${total} drawings`, saying("onMap", { n, total }));
  const { lastArrival, rows, cols, images, ids } = stored_drawings;
  const pixels = rows * cols;
  const own = new Uint8Array(n * pixels);
  picked.forEach((from, to) => {
    own.set(images.subarray(from * pixels, (from + 1) * pixels), to * pixels);
  });
  return { lastArrival, rows, cols, images: own, ids: picked.map((i) => ids[i]!), total };
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
