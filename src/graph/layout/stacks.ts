import type { GraphElement, GraphPicture } from "../elements.ts";
import { sizeOf } from "../sizes.ts";
import type { Box } from "./box.ts";

/** The parameters of one node, laid out as a unit: next to each other, they would be wider than everything else. */
export interface Stack {
  id: string;
  width: number;
  height: number;
  /** By id of the parameter, relative to the stack's top left corner. */
  boxes: ReadonlyMap<string, Box>;
}

const ROWS = 4;
const GAP_PX = 6;

/** Groups parameters. @returns the stack of each parameter, by its id; those of one node share one. */
export function stackParameters({ elements, edges }: GraphPicture): Map<string, Stack> {
  const readerOf = new Map(edges.map(({ from, to }) => [from, to]));
  const byReader = new Map<string, GraphElement[]>();
  for (const element of elements) {
    if (element.kind !== "parameter") continue;
    // Inside and outside of a namespace, there are separate stacks.
    const place = JSON.stringify([readerOf.get(element.id) ?? element.id, element.group]);
    const list = byReader.get(place);
    if (list === undefined) byReader.set(place, [element]);
    else list.push(element);
  }
  const stacks = new Map<string, Stack>();
  for (const [place, parameters] of byReader) {
    const stack = stackOf(`parameters of ${place}`, parameters);
    for (const { id } of parameters) stacks.set(id, stack);
  }
  return stacks;
}

/** Stacks parameters column by column, each as wide as its widest one. */
function stackOf(id: string, parameters: readonly GraphElement[]): Stack {
  const boxes = new Map<string, Box>();
  let x = 0;
  let height = 0;
  for (let start = 0; start < parameters.length; start += ROWS) {
    const column = parameters
      .slice(start, start + ROWS)
      .map((element) => ({ element, size: sizeOf(element) }));
    const width = Math.max(...column.map(({ size }) => size.width));
    let y = 0;
    for (const { element, size } of column) {
      boxes.set(element.id, { x, y, width, height: size.height });
      y += size.height + GAP_PX;
    }
    height = Math.max(height, y - GAP_PX);
    x += width + GAP_PX;
  }
  return { id, width: x - GAP_PX, height, boxes };
}
