import { expect, test } from "bun:test";
import { pictureOf } from "../../src/graph/picture.ts";
import { arrows, graphOf, query } from "./support.ts";

const CHAIN = graphOf(["a: raw params:p -> x #one", "b: x params:p -> y #two", "c: y other -> z #two"]);
const NESTED = graphOf([
  "load: raw -> ns.in",
  "ns.one: ns.in params:ns.k -> ns.mid",
  "ns.two: ns.mid -> ns.out",
  "ns.deep.three: ns.out -> ns.deep.t",
  "ns.deep.four: ns.deep.t -> result",
  "use: result ns.out -> end",
]);
const keys = (picture: ReturnType<typeof pictureOf>) => picture.elements.map(({ key }) => key).sort();

test("pictureOf() shows nodes and datasets with the edges between them", () => {
  const picture = pictureOf(CHAIN, query());
  expect(arrows(picture.edges)).toEqual(["a>x", "b>y", "c>z", "other>c", "raw>a", "x>b", "y>c"]);
});

test("pictureOf() draws a parameter next to each of its readers, under one key", () => {
  const picture = pictureOf(CHAIN, query({ kinds: ["node", "parameter"] }));
  const parameters = picture.elements.filter(({ kind }) => kind === "parameter");
  expect(parameters.map(({ key, label }) => [key, label])).toEqual([
    ["parameter:params:p", "p"],
    ["parameter:params:p", "p"],
  ]);
  expect(new Set(parameters.map(({ id }) => id)).size).toBe(2);
});

test("pictureOf() connects edges through hidden elements", () => {
  expect(arrows(pictureOf(CHAIN, query({ kinds: ["node"] })).edges)).toEqual(["a>b", "b>c"]);
  expect(arrows(pictureOf(CHAIN, query({ hidden: ["node:b", "dataset:y"] })).edges)).toContain("x>c");
  expect(arrows(pictureOf(CHAIN, query({ kinds: ["dataset"] })).edges)).toEqual([
    "other>z",
    "raw>x",
    "x>y",
    "y>z",
  ]);
});

test("pictureOf() keeps only nodes with one of the tags", () => {
  expect(keys(pictureOf(CHAIN, query({ tags: ["two"], kinds: ["node"] })))).toEqual(["node:b", "node:c"]);
});

test("pictureOf() focuses on the elements that an element needs, those that need it, or both", () => {
  const nodes = (reach: "both" | "up" | "down") =>
    keys(pictureOf(CHAIN, query({ focus: "node:b", reach }))).filter((key) => key.startsWith("node:"));
  expect(nodes("up")).toEqual(["node:a", "node:b"]);
  expect(nodes("down")).toEqual(["node:b", "node:c"]);
  expect(nodes("both")).toEqual(["node:a", "node:b", "node:c"]);
  expect(keys(pictureOf(CHAIN, query({ focus: "node:b" })))).not.toContain("dataset:other");
});

test("pictureOf() ignores a focus on an element that is not on the picture", () => {
  expect(pictureOf(CHAIN, query({ focus: "node:nope" }))).toEqual(pictureOf(CHAIN, query()));
});

test("pictureOf() shows a collapsed namespace as one element, with the datasets that enter and leave it", () => {
  const picture = pictureOf(NESTED, query());
  expect(arrows(picture.edges)).toEqual(
    [
      "load>ns.in",
      "ns.in>ns",
      "ns.out>use",
      "ns>ns.out",
      "ns>result",
      "raw>load",
      "result>use",
      "use>end",
      // The namespace reads its own output again, inside.
      "ns.out>ns",
    ].sort(),
  );
  expect(picture.elements.find(({ key }) => key === "namespace:ns")?.nodes).toEqual([
    "ns.one",
    "ns.two",
    "ns.deep.three",
    "ns.deep.four",
  ]);
});

test("pictureOf() shows the content of an expanded namespace within it, and inner ones collapsed", () => {
  const picture = pictureOf(NESTED, query({ expanded: ["ns"], kinds: ["node", "dataset", "parameter"] }));
  const inside = picture.elements.filter(({ group }) => group === "ns").map(({ key }) => key);
  expect(inside.sort()).toEqual([
    "dataset:ns.mid",
    "namespace:ns.deep",
    "node:ns.one",
    "node:ns.two",
    "parameter:params:ns.k",
  ]);
  expect(picture.groups).toEqual([{ name: "ns", parent: null }]);
  const all = pictureOf(NESTED, query({ expanded: ["ns", "ns.deep"] }));
  expect(all.groups).toEqual([
    { name: "ns", parent: null },
    { name: "ns.deep", parent: "ns" },
  ]);
  expect(keys(all)).toContain("node:ns.deep.three");
});

test("pictureOf() orders layers by the flow of data, and returns none when two feed each other", () => {
  const layers = { z: "last", x: "middle", raw: "first" };
  const lines = ["a: raw -> x", "b: x -> y", "c: y -> z"];
  expect(pictureOf(graphOf(lines, layers), query()).layers).toEqual(["first", "middle", "last"]);
  expect(pictureOf(graphOf(lines, { raw: "A", x: "B", z: "A" }), query()).layers).toEqual([]);
});

test("pictureOf() is empty for an empty pipeline", () => {
  expect(pictureOf(graphOf([]), query())).toEqual({ elements: [], edges: [], groups: [], layers: [] });
});

test("pictureOf() omits layers when they are switched off, but keeps their elements", () => {
  const graph = graphOf(["a: raw -> x", "b: x -> model"], { raw: "raw", model: "models" });
  const plain = pictureOf(graph, query({ hasLayers: false }));
  expect(pictureOf(graph, query()).layers).toEqual(["raw", "models"]);
  expect([plain.layers, keys(plain)]).toEqual([[], keys(pictureOf(graph, query()))]);
});
