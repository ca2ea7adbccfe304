import { sizeOf } from "../sizes.ts";
import type { Box } from "./box.ts";
import type { NearPicture } from "./near-readers.ts";
import type { Stack } from "./stacks.ts";
import type { Turn } from "./turn.ts";

/** Width of the free space above a reader, for its other edges. */
const CHANNEL_PX = 28;
const GAP_PX = 8;
const ROW_GAP_PX = 26;

/**
 * Stacks each reader with the repetitions that it reads: these are above it, alternately to the right and to the left
 * of its middle, so that the reader stays in the middle.
 *
 * @param turn swaps width and height when data flows to the right.
 * @returns the stack of each reader and each repetition, by its id. A stack has the id of its reader.
 */
export function stackRepetitions({ elements, edges }: NearPicture, turn: Turn): Map<string, Stack> {
  const byId = new Map(elements.map((element) => [element.id, element]));
  const isRepetition = (id: string) => byId.get(id)?.repeats !== undefined;
  const byReader = Map.groupBy(
    edges.filter(({ from }) => isRepetition(from)),
    ({ to }) => to,
  );
  const sizeOfId = (id: string) => turn({ x: 0, y: 0, ...sizeOf(byId.get(id)!) });
  const stacks = new Map<string, Stack>();
  for (const [reader, read] of byReader) {
    const repetitions = read.map(({ from }) => ({ id: from, size: sizeOfId(from) }));
    const stack = stackOf({ id: reader, size: sizeOfId(reader) }, repetitions, turn);
    for (const id of stack.boxes.keys()) stacks.set(id, stack);
  }
  return stacks;
}

interface Sized {
  id: string;
  size: Box;
}

function stackOf(reader: Sized, repetitions: readonly Sized[], turn: Turn): Stack {
  const height = repetitions.reduce((most, { size }) => Math.max(most, size.height), 0);
  const ends = { right: CHANNEL_PX / 2, left: CHANNEL_PX / 2 };
  const beside = repetitions.map(({ id, size }, i): [string, Box] => {
    const side = i % 2 === 0 ? "right" : "left";
    const x = side === "right" ? ends.right : -ends.left - size.width;
    ends[side] += size.width + GAP_PX;
    return [id, { ...size, x, y: height - size.height }];
  });
  const half = Math.max(reader.size.width / 2, ends.right - GAP_PX, ends.left - GAP_PX);
  const below: Box = { ...reader.size, x: -reader.size.width / 2, y: height + ROW_GAP_PX };
  const outer = turn({ x: 0, y: 0, width: 2 * half, height: below.y + reader.size.height });
  const placed = [...beside, [reader.id, below] as const].map(
    ([id, box]) => [id, turn({ ...box, x: box.x + half })] as const,
  );
  return { id: reader.id, width: outer.width, height: outer.height, boxes: new Map(placed) };
}
