import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Box } from "../../../src/graph/layout/box.ts";
import { px } from "../../../src/graph/layout/edge-path.ts";
import { layOut } from "../../../src/graph/layout/layout.ts";
import { rankRows } from "../../../src/graph/layout/ranks.ts";
import { pictureOf } from "../../../src/graph/picture.ts";
import { createPictures } from "../../../src/graph/pictures.ts";
import { DEFAULT_KINDS, FILTER_KINDS } from "../../../src/graph/query.ts";
import { graphOf, query } from "../support.ts";

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
  for (const { from, to, path } of edges) {
    const [start, end] = [at.get(from)!, at.get(to)!];
    expect(start.y + start.height).toBeLessThan(end.y);
    expect(path?.line).toStartWith(`M${start.x + start.width / 2},${start.y + start.height}`);
    expect(path?.head).toStartWith(`M${end.x + end.width / 2},${end.y}`);
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

/** A chain of nodes that all read `raw`: with many of them, most have a repetition of it. */
const chainOf = (size: number) =>
  Array.from({ length: size }, (_, i) => `n${i}: ${i === 0 ? "raw" : `raw d${i - 1}`} params:p -> d${i}`);

test.each(["down", "right"] as const)(
  "layOut() lets no two elements overlap with repetitions and on several sheets, %s",
  (orientation) => {
    // 400 nodes are 800 rows, which is more than one sheet.
    for (const [lines, kinds] of [
      [chainOf(60), FILTER_KINDS],
      [chainOf(400), DEFAULT_KINDS],
    ] as const) {
      const { elements, width, height } = layOut(
        pictureOf(graphOf(lines, { raw: "one", d50: "two" }), query({ kinds })),
        orientation,
      );
      expect(elements.some(({ repeats }) => repeats !== undefined)).toBe(true);
      const along = orientation === "down" ? "y" : "x";
      const sorted = elements.toSorted((a, b) => a[along] - b[along]);
      for (const [i, a] of sorted.entries()) {
        expect(contains({ x: 0, y: 0, width, height }, a)).toBe(true);
        for (const b of sorted.slice(i + 1, i + 40))
          expect({ a: a.id, b: b.id, overlap: overlaps(a, b) }).toMatchObject({ overlap: false });
      }
    }
  },
);

test("layOut() draws every edge to the right, from the right of its start to the left of its end", () => {
  const lines = [...chainOf(60), "ns.a: d3 -> x", "ns.b: x -> y"];
  const asked = query({ kinds: FILTER_KINDS, expanded: ["ns"] });
  const { elements, edges, groups } = layOut(pictureOf(graphOf(lines), asked), "right");
  const at = new Map(elements.map((element) => [element.id, element]));
  for (const { from, to, path } of edges.filter(({ path }) => path !== null)) {
    const [start, end] = [at.get(from)!, at.get(to)!];
    expect(start.x + start.width).toBeLessThan(end.x);
    if (!from.startsWith("parameter:"))
      expect(path?.line).toStartWith(`M${px(start.x + start.width)},${px(start.y + start.height / 2)}`);
    expect(path?.head).toStartWith(`M${px(end.x)},${px(end.y + end.height / 2)}`);
  }
  for (const { group, ...element } of elements)
    if (group === "ns") expect(contains(groups[0]!, element)).toBe(true);
});

test("layOut() gives layers bands from left to right, too", () => {
  const graph = graphOf(["a: raw -> x", "b: x -> m"], { raw: "raw", m: "models" });
  const { bands, elements, width, height } = layOut(pictureOf(graph, query()), "right");
  expect(bands.map(({ layer, y, height: h }) => [layer, y, h])).toEqual([
    ["raw", 0, height],
    ["models", 0, height],
  ]);
  expect([bands[0]!.x, bands[1]!.x + bands[1]!.width]).toEqual([0, width]);
  const m = elements.find(({ id }) => id === "dataset:m")!;
  expect(contains(bands[1]!, m)).toBe(true);
});

test.each([
  ["a chain", Array.from({ length: 5_000 }, (_, i) => `n${i}: d${i} -> d${i + 1}`)],
  ["a fan", Array.from({ length: 5_000 }, (_, i) => `n${i}: raw -> d${i}`)],
  ["a chain in a namespace", Array.from({ length: 5_000 }, (_, i) => `ns.n${i}: ns.d${i} -> ns.d${i + 1}`)],
])("layOut() takes %s of 5,000 nodes", (_, lines) => {
  const picture = pictureOf(graphOf(lines), query({ kinds: ["node"], expanded: ["ns"] }));
  const { elements, edges } = layOut(picture);
  expect([elements.length, edges.length]).toEqual([picture.elements.length, picture.edges.length]);
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

test("createPictures() leaves a picture of more than 1,000 nodes undrawn until it is requested", () => {
  const fan = (size: number) => graphOf(Array.from({ length: size }, (_, i) => `n${i}: raw -> d${i}`));
  const pictures = createPictures();
  const asked = query({ kinds: ["node"] });
  expect(pictures.of(fan(1_000), asked).layout).not.toBeNull();
  const graph = fan(1_001);
  expect(pictures.of(graph, asked).layout).toBeNull();
  expect(pictures.of(graph, asked).picture.elements).toHaveLength(1_001);
  expect(pictures.of(graph, { ...asked, isDrawn: true }).layout).not.toBeNull();
  expect(pictures.of(graph, { ...asked, isDrawn: true }, false).layout).toBeNull();
  expect(pictures.of(graph, { ...asked, focus: "node:n7" }).layout).not.toBeNull();
  expect(pictures.of(fan(30_001), { ...query(), isDrawn: true }).layout).toBeNull();
});

test("createPictures() lays a picture out once, and again for another graph", () => {
  const graph = graphOf(["a: raw -> x"]);
  const pictures = createPictures();
  const first = pictures.of(graph, query());
  expect(pictures.of(graph, query({ selected: "node:a", run: "r" }))).toBe(first);
  expect(pictures.of(graph, query({ kinds: ["node"] }))).not.toBe(first);
  expect(pictures.of({ ...graph }, query())).not.toBe(first);
});
