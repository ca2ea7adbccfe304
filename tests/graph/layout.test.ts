import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Box } from "../../src/graph/box.ts";
import { layOut } from "../../src/graph/layout.ts";
import { pictureOf } from "../../src/graph/picture.ts";
import { createPictures } from "../../src/graph/pictures.ts";
import { rankRows } from "../../src/graph/ranks.ts";
import { graphOf, query } from "./support.ts";

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const contains = (outer: Box, inner: Box) =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** Node i reads outputs of earlier ones: any pipeline without cycles. */
const pipelines = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), { minLength: 1, maxLength: 14 })
  .map((reads) =>
    reads.map((list, i) => {
      const inputs = [...new Set(list.map((n) => (i === 0 ? "raw" : `d${n % i}`)))];
      return `n${i}: ${[...inputs, "params:p", "params:q"].join(" ")} -> d${i}`;
    }),
  );

test("layOut() lets no two elements overlap, in any pipeline", () => {
  fc.assert(
    fc.property(pipelines, (lines) => {
      const picture = pictureOf(
        graphOf(lines, { d0: "one", d3: "two" }),
        query({ kinds: ["node", "dataset", "parameter"] }),
      );
      const { elements, width, height } = layOut(picture);
      expect(elements).toHaveLength(picture.elements.length);
      for (const [i, a] of elements.entries()) {
        expect(contains({ x: 0, y: 0, width, height }, a)).toBe(true);
        for (const b of elements.slice(i + 1))
          expect({ a: a.id, b: b.id, overlap: overlaps(a, b) }).toMatchObject({ overlap: false });
      }
    }),
    { seed: 7, numRuns: 60 },
  );
});

test("layOut() draws every edge downwards, from below its start to above its end", () => {
  const { elements, edges } = layOut(
    pictureOf(graphOf(["a: raw -> x y", "b: x -> z", "c: y z raw -> end"]), query()),
  );
  const at = new Map(elements.map((element) => [element.id, element]));
  expect(edges.length).toBeGreaterThan(6);
  for (const { from, to, line, head } of edges) {
    const [start, end] = [at.get(from)!, at.get(to)!];
    expect(start.y + start.height).toBeLessThan(end.y);
    expect(line).toStartWith(`M${start.x + start.width / 2},${start.y + start.height}`);
    expect(head).toStartWith(`M${end.x + end.width / 2},${end.y}`);
  }
});

test("layOut() gives each layer a band, from top to bottom without gaps, with its elements in it", () => {
  const layers = { raw: "raw", m: "models", r: "reporting" };
  const graph = graphOf(["a: raw -> x", "b: x -> m", "c: m raw -> r"], layers);
  const { bands, elements, height } = layOut(pictureOf(graph, query()));
  expect(bands.map(({ layer }) => layer)).toEqual(["raw", "models", "reporting"]);
  let y = 0;
  for (const band of bands) {
    expect(band.y).toBe(y);
    y += band.height;
    for (const element of elements.filter(({ layer }) => layer === band.layer)) {
      expect(element.y).toBeGreaterThan(band.y);
      expect(element.y + element.height).toBeLessThan(band.y + band.height);
    }
  }
  expect(y).toBe(height);
  // A dataset without a layer that is computed from raw data is in the band of raw.
  const x = elements.find(({ id }) => id === "dataset:x")!;
  expect(x.y + x.height).toBeLessThan(bands[1]!.y);
});

test("layOut() draws an expanded namespace around its content, and around nothing else", () => {
  const lines = [
    "pre: raw -> ns.in",
    "ns.one: ns.in -> ns.mid",
    "ns.deep.two: ns.mid -> ns.deep.t",
    "ns.deep.three: ns.deep.t -> out",
    "post: out raw -> end",
  ];
  const { elements, groups } = layOut(
    pictureOf(graphOf(lines, { raw: "a", out: "b" }), query({ expanded: ["ns", "ns.deep"] })),
  );
  const box = (name: string) => groups.find((group) => group.name === name)!;
  expect(contains(box("ns"), box("ns.deep"))).toBe(true);
  for (const element of elements) {
    const isInside = element.group === "ns" || element.group === "ns.deep";
    expect({ id: element.id, inside: contains(box("ns"), element) }).toEqual({
      id: element.id,
      inside: isInside,
    });
    if (!isInside) expect(overlaps(box("ns"), element)).toBe(false);
  }
});

test("layOut() survives a cycle, which collapsed namespaces can form", () => {
  const graph = graphOf(["ns.a: raw -> x", "b: x -> y", "ns.c: y -> z"]);
  const { elements, edges } = layOut(pictureOf(graph, query()));
  expect(elements).toHaveLength(6);
  expect(edges).toHaveLength(6);
});

test("rankRows() puts all of one layer above all of the next, and each edge's end below its start", () => {
  const edges = [
    { from: "a", to: "b", length: 1 },
    { from: "b", to: "c", length: 1 },
    { from: "free", to: "c", length: 1 },
  ];
  const indices = new Map([
    ["c", 0],
    ["late", 1],
  ]);
  const rows = rankRows(["a", "b", "c", "late", "free"], edges, { indices, gap: 1 });
  expect(Object.fromEntries(rows)).toEqual({ a: 0, b: 1, c: 2, free: 1, late: 3 });
});

test("createPictures() lays a picture out once, and again for another graph", () => {
  const graph = graphOf(["a: raw -> x"]);
  const pictures = createPictures();
  const first = pictures.of(graph, query());
  expect(pictures.of(graph, query({ selected: "node:a", run: "r" }))).toBe(first);
  expect(pictures.of(graph, query({ kinds: ["node"] }))).not.toBe(first);
  expect(pictures.of({ ...graph }, query())).not.toBe(first);
});
