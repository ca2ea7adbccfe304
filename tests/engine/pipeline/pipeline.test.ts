import { expect, test } from "bun:test";
import { PipelineError } from "../../../src/engine/errors.ts";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { names, step, steps } from "../chain.ts";

test("Pipeline runs producers before consumers, whatever the order they are given in", () => {
  expect(names(steps("c: y -> z", "b: x -> y", "a: w -> x"))).toEqual(["a", "b", "c"]);
});

test("Pipeline groups nodes that do not need each other, and sorts a group by name", () => {
  const made = steps("d: p, q -> r", "c: in -> q", "b: in -> p", "a: r -> s", "e: other -> t");
  expect(made.groupedNodes.map((group) => group.map((node) => node.name))).toEqual([
    ["b", "c", "e"],
    ["d"],
    ["a"],
  ]);
});

test("Pipeline has the same order when it is put together in another order", () => {
  const texts = ["a: in -> p", "b: in -> q", "c: p, q -> r", "d: q -> s"];
  expect(names(steps(...texts))).toEqual(names(steps(...texts.toReversed())));
});

test("Pipeline knows its free inputs and outputs, parameters included", () => {
  const made = steps("a: raw, params:k -> x, y", "b: x, parameters -> z");
  expect(made.inputs()).toEqual(["raw", "params:k", "parameters"]);
  expect(made.outputs()).toEqual(["y", "z"]);
  expect(made.datasets().toSorted()).toEqual(["parameters", "params:k", "raw", "x", "y", "z"]);
});

test("Pipeline may be empty", () => {
  expect(pipeline([]).nodes).toEqual([]);
});

test("Pipeline names the whole cycle when nodes depend on each other", () => {
  const make = () => steps("a: z -> x", "b: x -> y", "c: y -> z", "d: in -> out", "e: z -> end");
  expect(make).toThrow(PipelineError);
  expect(make).toThrow(/cycle: (a -> b -> c -> a|b -> c -> a -> b|c -> a -> b -> c)/);
});

test("Pipeline names both producers of one output", () => {
  expect(() => steps("a: in -> x", "b: in -> x")).toThrow(/Nodes "a" and "b" both output "x"/);
});

test("Pipeline refuses two nodes of one name", () => {
  expect(() => steps("a: in -> x", "a: in -> y")).toThrow(/Two nodes are named "a"/);
});

test("pipeline() takes nodes and pipelines together", () => {
  expect(names(pipeline([steps("a: in -> x"), step("b: x -> y")]))).toEqual(["a", "b"]);
});

test("plus() counts a node that is in both once; minus() and and() go by the same equality", () => {
  const first = steps("a: in -> x", "b: x -> y");
  const second = steps("b: x -> y", "c: y -> z");
  expect(names(first.plus(second))).toEqual(["a", "b", "c"]);
  expect(names(first.minus(second))).toEqual(["a"]);
  expect(names(first.and(second))).toEqual(["b"]);
});

test("plus() refuses two different nodes that make one output", () => {
  expect(() => steps("a: in -> x").plus(steps("b: in -> x"))).toThrow(/both output "x"/);
});

test("tag() adds to the tags that nodes have", () => {
  const tagged = steps("a: in -> x #slow").tag("mine");
  expect([...tagged.nodes[0]!.tags]).toEqual(["slow", "mine"]);
});

test("Pipeline of 10,000 nodes in 100 layers keeps its order and slices to what a node needs", () => {
  const texts = Array.from({ length: 10_000 }, (_, i) => {
    const layer = Math.floor(i / 100);
    const inputs = layer === 0 ? "in" : `d${i - 100}, d${(layer - 1) * 100}`;
    return `n${String(i).padStart(5, "0")}: ${inputs} -> d${i}`;
  });
  const made = steps(...texts.toReversed());
  expect(names(made)).toEqual(texts.map((text) => text.slice(0, 6)));
  // Node 9950 needs one node and the layer's first node in each of 99 layers before it.
  expect(made.toNodes("n09950").nodes).toHaveLength(1 + 2 * 99);
});
