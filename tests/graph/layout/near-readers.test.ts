import { expect, test } from "bun:test";
import fc from "fast-check";
import type { GraphEdge } from "../../../src/graph/elements.ts";
import { drawNearReaders, type NearPicture, rowsOf } from "../../../src/graph/layout/near-readers.ts";
import { lineageOfKey } from "../../../src/graph/lineage.ts";
import { pictureOf } from "../../../src/graph/picture.ts";
import { arrows, graphOf, query } from "../support.ts";

/** A chain of nodes, each of which reads more outputs of earlier ones. */
function chainOf(size: number, also: (i: number) => string): string[] {
  return Array.from({ length: size }, (_, i) =>
    i === 0 ? "n0: raw -> d0" : `n${i}: ${[...new Set([`d${i - 1}`, also(i)])].join(" ")} -> d${i}`,
  );
}
const shared = (size: number) => chainOf(size, () => "raw");
const halves = (size: number) => chainOf(size, (i) => `d${Math.floor((i - 1) / 2)}`);

const drawn = (near: NearPicture) => near.edges.filter(({ isFar }) => isFar !== true);

/** Rows that edges cross: dagre adds a node for each. */
function crossed(near: NearPicture, edges: readonly GraphEdge[]): number {
  const rows = rowsOf({ ...near, edges: drawn(near) });
  return edges.reduce((sum, { from, to }) => sum + Math.max(0, rows.get(to)! - rows.get(from)! - 1), 0);
}

test.each([
  ["one dataset that every node of a chain reads", shared],
  ["a chain in which node i also reads the output of node i / 2", halves],
])("drawNearReaders() leaves a number of crossed rows in proportion to the edges, for %s", (_, lines) => {
  for (const size of [100, 200, 400, 1_600]) {
    const picture = pictureOf(graphOf(lines(size)), query());
    const near = drawNearReaders(picture);
    expect(near.elements.length).toBeLessThanOrEqual(picture.elements.length + picture.edges.length);
    expect(crossed(near, drawn(near))).toBeLessThanOrEqual(12 * picture.edges.length);
  }
});

test("drawNearReaders() leaves a picture with few long edges as it is", () => {
  const picture = pictureOf(graphOf(shared(14)), query());
  expect(drawNearReaders(picture)).toBe(picture);
});

test("drawNearReaders() repeats a dataset once for each distant reader, under its key, and loses no edge", () => {
  const pipelines = fc
    .array(fc.array(fc.nat({ max: 60 }), { maxLength: 4 }), { minLength: 30, maxLength: 60 })
    .map((reads) =>
      reads.map((list, i) => {
        const inputs = new Set([
          i === 0 ? "raw" : `d${i - 1}`,
          ...list.map((n) => (i === 0 ? "raw" : `d${n % i}`)),
        ]);
        return `n${i}: ${[...inputs].join(" ")} -> d${i}`;
      }),
    );
  fc.assert(
    fc.property(pipelines, (lines) => {
      const picture = pictureOf(graphOf(lines), query());
      const near = drawNearReaders(picture);
      const keys = new Map(near.elements.map(({ id, key }) => [id, key]));
      const ofKeys = (edges: readonly GraphEdge[]) =>
        edges.map(({ from, to }) => ({ from: keys.get(from)!, to: keys.get(to)! }));
      expect(arrows(ofKeys(drawn(near)))).toEqual(arrows(ofKeys(picture.edges)));
      expect(new Set(near.elements.map(({ id }) => id)).size).toBe(near.elements.length);
      // What depends on what is the same, through the repetitions.
      const { key } = picture.elements.at(-1)!;
      const lineage = (of: { elements: typeof near.elements; edges: readonly GraphEdge[] }) =>
        new Set([...lineageOfKey(key, of)!.up].map((id) => keys.get(id)));
      expect(lineage(near)).toEqual(lineage(picture));
    }),
    { seed: 3, numRuns: 40 },
  );
});
