import type { GraphPicture } from "../elements.ts";
import type { Orientation } from "../query.ts";
import { sizeOf } from "../sizes.ts";
import { bandsOf, layerIndices } from "./bands.ts";
import type { Box } from "./box.ts";
import { edgePath, type Point } from "./edge-path.ts";
import {
  type DrawnEdge,
  type DrawnElement,
  drawNearReaders,
  type NearPicture,
  rowsOf,
} from "./near-readers.ts";
import { type Item, type Placed, type Placing, ROW_GAP } from "./place.ts";
import { stackRepetitions } from "./repetitions.ts";
import { placeSheets } from "./sheets.ts";
import { type Stack, stackParameters } from "./stacks.ts";
import { type Turn, turnFor, turnPoint } from "./turn.ts";

/** Positions of everything on a picture, in CSS pixels at zoom 1. */
export interface GraphLayout {
  /** The direction of the flow of data. */
  orientation: Orientation;
  width: number;
  height: number;
  elements: readonly (DrawnElement & Box)[];
  /** Without a path when it leads to a repetition of its start. */
  edges: readonly (DrawnEdge & { path: { line: string; head: string } | null })[];
  groups: readonly (Box & { name: string })[];
  /** Along the flow of data, without gaps; across, as wide as the picture. */
  bands: readonly (Box & { layer: string })[];
}

const MARGIN = 44;
/** Margins for the names of layers: at the left of rows, above columns. */
const LAYER_MARGIN: Readonly<Record<Orientation, number>> = { down: 112, right: 56 };

/**
 * Lays a picture out: rows follow the data flow, and layers are bands. To the right, rows are columns: everything is
 * placed downwards, with width and height swapped, and then turned.
 */
export function layOut(picture: GraphPicture, orientation: Orientation = "down"): GraphLayout {
  if (picture.elements.length === 0) {
    const size = { width: 2 * MARGIN, height: 2 * MARGIN };
    return { orientation, ...size, elements: [], edges: [], groups: [], bands: [] };
  }
  const turn = turnFor(orientation);
  const near = drawNearReaders(picture);
  const stacks = new Map([...stackParameters(near), ...stackRepetitions(near, turn)]);
  const indices = indicesOf(picture, near);
  const placed = placeSheets(placingOf(near, stacks, indices, turn), rowsOf(picture));
  const across = picture.layers.length === 0 ? MARGIN : LAYER_MARGIN[orientation];
  const flow = new Flow(placed, near, stacks, { turn, x: across, y: MARGIN });
  const size = { x: 0, y: 0, width: across + placed.width + MARGIN, height: 2 * MARGIN + placed.height };
  const bands = bandsOf(flow.boxes, indices, picture.layers, { gap: ROW_GAP, length: size.height });
  const { width, height } = turn(size);
  return {
    orientation,
    width,
    height,
    elements: near.elements.map((element) => ({ ...element, ...turn(flow.boxes.get(element.id)!) })),
    edges: near.edges.map((edge) => {
      if (edge.isFar === true) return { ...edge, path: null };
      const points = flow.line(edge).map((point) => turnPoint(point, orientation));
      return { ...edge, path: edgePath(points, orientation) };
    }),
    groups: flow.groups().map(({ name, box }) => ({ name, ...turn(box) })),
    bands: bands.map(({ layer, start, length }) => ({
      layer,
      ...turn({ x: 0, y: start, width: size.width, height: length }),
    })),
  };
}

/** A repetition is in the layer of its reader. */
function indicesOf(picture: GraphPicture, near: NearPicture): Map<string, number> {
  const indices = layerIndices(picture);
  const repeated = new Set(near.elements.filter(({ repeats }) => repeats !== undefined).map(({ id }) => id));
  for (const { from, to } of near.edges) {
    const index = indices.get(to);
    if (index !== undefined && repeated.has(from)) indices.set(from, index);
  }
  return indices;
}

type Stacks = ReadonlyMap<string, Stack>;

function placingOf(
  near: NearPicture,
  stacks: Stacks,
  indices: ReadonlyMap<string, number>,
  turn: Turn,
): Placing {
  const idOf = (id: string) => stacks.get(id)?.id ?? id;
  const items = new Map<string, Item>();
  for (const element of near.elements) {
    const { width, height } = turn({ x: 0, y: 0, ...(stacks.get(element.id) ?? sizeOf(element)) });
    const id = idOf(element.id);
    items.set(id, { id, width, height, group: element.group });
  }
  return {
    items: [...items.values()],
    edges: near.edges
      .filter(({ isFar }) => isFar !== true)
      .map(({ from, to }) => ({ from: idOf(from), to: idOf(to) }))
      .filter(({ from, to }) => from !== to),
    groups: near.groups,
    indices: new Map([...indices].map(([id, index]) => [idOf(id), index])),
  };
}

/** The placed picture with its margins, and data flowing downwards. */
class Flow {
  /** By element. */
  readonly boxes: ReadonlyMap<string, Box>;
  readonly #placed: Placed;
  readonly #near: NearPicture;
  readonly #stacks: Stacks;
  readonly #margin: Point;

  constructor(
    placed: Placed,
    near: NearPicture,
    stacks: Stacks,
    { turn, ...margin }: Point & { turn: Turn },
  ) {
    this.#placed = placed;
    this.#near = near;
    this.#stacks = stacks;
    this.#margin = margin;
    this.boxes = new Map(
      near.elements.map(({ id }) => {
        const inner = stacks.get(id)?.boxes.get(id);
        return [id, inner === undefined ? this.#outer(id) : within(this.#outer(id), turn(inner))];
      }),
    );
  }

  groups(): { name: string; box: Box }[] {
    return this.#near.groups.flatMap(({ name }) => {
      const box = this.#placed.groups.get(name);
      return box === undefined ? [] : [{ name, box: this.#moved(box) }];
    });
  }

  /** The points of an edge. It leaves at the bottom and arrives at the top; that of parameters leaves their stack. */
  line({ from, to }: DrawnEdge): Point[] {
    const [stack, target] = [this.#stacks.get(from), this.#stacks.get(to)];
    const isWithin = stack !== undefined && stack === target;
    const start =
      stack === undefined || stack.boxes.has(stack.id) ? this.boxes.get(from)! : this.#outer(from);
    const end = this.boxes.get(to)!;
    const [first, last] = [middleOf(start, start.y + start.height), middleOf(end, end.y)];
    const bends = isWithin ? [] : this.#placed.bends(stack?.id ?? from, target?.id ?? to);
    // Past the repetitions above the reader, through the space between them.
    const channel = target === undefined || isWithin ? [] : [middleOf(end, this.#outer(to).y)];
    const inner = bends.map(({ x, y }) => ({ x: x + this.#margin.x, y: y + this.#margin.y }));
    return [first, ...[...inner, ...channel].filter(({ y }) => y > first.y && y < last.y), last];
  }

  /** The box of an element or of its stack. */
  #outer(id: string): Box {
    return this.#moved(this.#placed.boxes.get(this.#stacks.get(id)?.id ?? id)!);
  }

  #moved(box: Box): Box {
    return { ...box, x: box.x + this.#margin.x, y: box.y + this.#margin.y };
  }
}

function within(outer: Box, inner: Box): Box {
  return { ...inner, x: outer.x + inner.x, y: outer.y + inner.y };
}

function middleOf({ x, width }: Box, y: number): Point {
  return { x: x + width / 2, y };
}
