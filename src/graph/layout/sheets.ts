import type { Box } from "./box.ts";
import { type Placed, type Placing, place, ROW_GAP } from "./place.ts";

/** Rows that are placed at once: dagre's time grows faster than the number of rows, and its stack with it. */
const MAX_ROWS = 300;

/**
 * Places a deep picture sheet by sheet, one below the other, each shifted to meet the edges from above. An edge from
 * one sheet to the next has no bends. Boxes of namespaces would span sheets, so a deep picture has none.
 *
 * @param rows of all items.
 */
export function placeSheets(placing: Placing, rows: ReadonlyMap<string, number>): Placed {
  const sheetOf = (id: string) => Math.floor((rows.get(id) ?? 0) / MAX_ROWS);
  const bySheet = Map.groupBy(placing.items, ({ id }) => sheetOf(id));
  if (bySheet.size <= 1) return place(placing);
  const edges = Map.groupBy(placing.edges, ({ from, to }) =>
    sheetOf(from) === sheetOf(to) ? sheetOf(from) : -1,
  );
  const between = Map.groupBy(edges.get(-1) ?? [], ({ to }) => sheetOf(to));
  const boxes = new Map<string, Box>();
  const sheets = new Map<number, { placed: Placed; x: number; y: number }>();
  let height = 0;
  for (const sheet of [...bySheet.keys()].sort((a, b) => a - b)) {
    const items = bySheet.get(sheet)!;
    const placed = place({ ...placing, groups: [], items, edges: edges.get(sheet) ?? [] });
    const x = shift(between.get(sheet) ?? [], boxes, placed.boxes);
    for (const [id, box] of placed.boxes) boxes.set(id, { ...box, x: box.x + x, y: box.y + height });
    sheets.set(sheet, { placed, x, y: height });
    height += placed.height + ROW_GAP;
  }
  const [left, right] = [...sheets.values()].reduce(
    ([l, r], { placed, x }) => [Math.min(l, x), Math.max(r, x + placed.width)],
    [0, 0],
  );
  return {
    width: right - left,
    height: height - ROW_GAP,
    boxes: new Map([...boxes].map(([id, box]) => [id, { ...box, x: box.x - left }])),
    groups: new Map(),
    bends(from, to) {
      const { placed, x, y } = sheets.get(sheetOf(from))!;
      if (sheetOf(from) !== sheetOf(to)) return [];
      return placed.bends(from, to).map((point) => ({ x: point.x + x - left, y: point.y + y }));
    },
  };
}

/** How far to the right a sheet moves so that, on average, edges from earlier sheets arrive straight below their start. */
function shift(
  edges: Placing["edges"],
  above: ReadonlyMap<string, Box>,
  own: ReadonlyMap<string, Box>,
): number {
  if (edges.length === 0) return 0;
  const middle = ({ x, width }: Box) => x + width / 2;
  const sum = edges.reduce((all, { from, to }) => all + middle(above.get(from)!) - middle(own.get(to)!), 0);
  return sum / edges.length;
}
