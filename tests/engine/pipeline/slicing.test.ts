import { expect, test } from "bun:test";
import { PipelineError } from "../../../src/engine/errors.ts";
import { type Pipeline, pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { names, steps } from "../chain.ts";

/** Two branches from one source, joined at the end; one stray node. */
const GRAPH = steps(
  "load: raw -> table #data",
  "left: table, params:k -> l #fast",
  "right: table -> r, rest #slow",
  "join: l, r -> all #fast #final",
  "stray: other -> lone",
);

test.each<[string, (graph: Pipeline) => Pipeline, string[]]>([
  ["onlyNodes(left, join)", (p) => p.onlyNodes("left", "join"), ["left", "join"]],
  ["onlyNodesWithTags(fast)", (p) => p.onlyNodesWithTags("fast"), ["left", "join"]],
  [
    "onlyNodesWithTags(data, slow) takes any of them",
    (p) => p.onlyNodesWithTags("data", "slow"),
    ["load", "right"],
  ],
  ["onlyNodesWithTags() without tags is empty", (p) => p.onlyNodesWithTags(), []],
  ["onlyNodesWithTags() of an unknown tag is empty", (p) => p.onlyNodesWithTags("none"), []],
  ["onlyNodesWithInputs(table)", (p) => p.onlyNodesWithInputs("table"), ["left", "right"]],
  ["onlyNodesWithOutputs(rest)", (p) => p.onlyNodesWithOutputs("rest"), ["right"]],
  ["fromNodes(left)", (p) => p.fromNodes("left"), ["left", "join"]],
  ["fromNodes(left, right)", (p) => p.fromNodes("left", "right"), ["left", "right", "join"]],
  ["toNodes(left)", (p) => p.toNodes("left"), ["load", "left"]],
  ["toNodes(join) takes both branches", (p) => p.toNodes("join"), ["load", "left", "right", "join"]],
  ["fromInputs(table)", (p) => p.fromInputs("table"), ["left", "right", "join"]],
  ["fromInputs(params:k)", (p) => p.fromInputs("params:k"), ["left", "join"]],
  ["fromInputs() of a free output is empty", (p) => p.fromInputs("all"), []],
  ["toOutputs(l)", (p) => p.toOutputs("l"), ["load", "left"]],
  ["toOutputs() of a free input is empty", (p) => p.toOutputs("raw"), []],
  ["filter() by tag and end", (p) => p.filter({ tags: ["fast"], toNodes: ["left"] }), ["left"]],
  ["filter() from and to", (p) => p.filter({ fromNodes: ["left"], toOutputs: ["all"] }), ["left", "join"]],
  // Not in sequence: node by name, then from inputs of that slice, would lose "join".
  [
    "filter() on the whole each",
    (p) => p.filter({ nodeNames: ["load", "join"], fromInputs: ["raw"] }),
    ["join", "load"],
  ],
  ["filter() with an empty list", (p) => p.filter({ tags: [], nodeNames: ["left"] }), ["left"]],
  ["filter() of nothing", (p) => p.filter({}), ["load", "stray", "left", "right", "join"]],
])("Pipeline.%s", (_, slice, expected) => {
  expect(names(slice(GRAPH))).toEqual(expected);
});

test.each<[string, () => Pipeline, RegExp]>([
  ["a node", () => GRAPH.onlyNodes("laod"), /no node "laod". Did you mean "load"\?/],
  ["a node to start from", () => GRAPH.fromNodes("joim"), /Did you mean "join"\?/],
  ["a dataset", () => GRAPH.fromInputs("tabel"), /no dataset "tabel". Did you mean "table"\?/],
  ["a dataset to end at", () => GRAPH.toOutputs("zzzzzzz"), /no dataset "zzzzzzz". It has: raw, /],
  ["a namespace", () => GRAPH.onlyNodesWithNamespaces("a"), /no namespace "a". It has: none/],
])("Pipeline says which name is nearest when it does not know %s", (_, slice, reason) => {
  expect(slice).toThrow(PipelineError);
  expect(slice).toThrow(reason);
});

test("Pipeline names every name that it does not know, each with the nearest", () => {
  expect(() => GRAPH.fromInputs("tabel", "raw", "al")).toThrow(
    'The pipeline has no dataset "tabel". Did you mean "table"?\nThe pipeline has no dataset "al". Did you mean "l"?',
  );
  expect(() => GRAPH.onlyNodes("lft", "joim")).toThrow(
    /"lft". Did you mean "left"\?\n.*"joim". Did you mean "join"\?/,
  );
});

test("Pipeline suggests the full name when a node's name lacks its namespace", () => {
  const inside = pipeline(steps("load: raw -> table"), { namespace: "shop" });
  expect(() => inside.onlyNodes("load")).toThrow(/Did you mean "shop.load"\?/);
});

test("filter() refuses to give a pipeline without nodes", () => {
  expect(() => GRAPH.filter({ tags: ["slow"], nodeNames: ["left"] })).toThrow(
    /No node of the pipeline matches all of/,
  );
});
