import { expect, test } from "bun:test";
import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import { CatalogEntries } from "../../../src/engine/catalog/catalog-entries.ts";
import type { Dataset } from "../../../src/engine/catalog/dataset.ts";
import { unreadOutputs } from "../../../src/engine/pipeline/loose-ends.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import type { NodeSpec } from "../../../src/engine/pipeline/node-spec.ts";
import { type Pipeline, pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { Fingerprints } from "../../../src/engine/run/fingerprints.ts";
import { skipExistingOutputs } from "../../../src/engine/run/missing-outputs.ts";
import { SequentialRunner } from "../../../src/engine/run/sequential-runner.ts";
import { runOn } from "../run/run-setup.ts";

const func = (...values: unknown[]) => values[0];
const made = (...nodes: [string, NodeSpec["inputs"], NodeSpec["outputs"]][]) =>
  pipeline(nodes.map(([name, inputs, outputs]) => node({ name, func, inputs, outputs })));
const names = (p: Pipeline) => p.nodes.map(({ name }) => name).toSorted();
const groups = (p: Pipeline) => p.groupedNodes.map((group) => group.map(({ name }) => name));

// The cases of Kedro's tests/pipeline/test_pipeline_with_transcoding.py, in our words.
test("a form is read after any form of the dataset is made", () => {
  const p = made(["one", "A", "B@pandas"], ["two", "B@pandas", "C"], ["three", "B@spark", "D"]);
  expect(groups(p)).toEqual([["one"], ["three", "two"]]);
  expect([p.inputs(), p.outputs().toSorted()]).toEqual([["A"], ["C", "D"]]);
});

test("a form that no node outputs is a free input under its own name", () => {
  const p = made(["one", "B@pandas", "C"], ["two", "C", "D"]);
  expect([p.inputs(), p.outputs()]).toEqual([["B@pandas"], ["D"]]);
});

test("a node may read several forms of one dataset", () => {
  const p = made(["one", "A", "B@pandas"], ["two", ["B@spark", "B@pandas"], "C"]);
  expect(groups(p)).toEqual([["one"], ["two"]]);
  expect(p.childrenOf(p.nodes[0]!)).toHaveLength(1);
});

test.each<[string, () => unknown, RegExp]>([
  [
    "a dataset with and without a form",
    () => made(["one", "A", "B"], ["two", "B@pandas", "C"]),
    /"B" is also used as "B@pandas". Use it either always with a form/,
  ],
  [
    "two producers of one dataset in two forms",
    () => made(["one", "A", "B@pandas"], ["two", "A", "B@spark"]),
    /"one" and "two" both output "B"/,
  ],
  [
    "a cycle through forms",
    () => made(["one", "A@x", "B@x"], ["two", "B@y", "C@y"], ["three", "C@y", "A@y"]),
    /in a cycle: /,
  ],
  [
    "a node that reads its own output",
    () => made(["one", "A@x", "A@y"]),
    /"A" is both an input and an output/,
  ],
  ["two forms in one name", () => made(["one", "A@x@y", "B"]), /"A@x@y" is not a form of a dataset/],
  ["a form without a name", () => made(["one", "A@", "B"]), /"A@" is not a form of a dataset/],
])("pipeline() refuses %s", (_, make, message) => {
  expect(make).toThrow(message);
});

/** Ten nodes with three transcoded datasets B, H; letters are datasets. Each node's number is its form. */
const complex = made(
  ["n1", ["H@n1", "I", "M"], "N"],
  ["n2", "H@n2", "I"],
  ["n3", "F", ["G", "M"]],
  ["n4", "E", ["F", "H@n4"]],
  ["n5", "D", null],
  ["n6", "C", "D"],
  ["n7", "B@n7", ["C", "E"]],
  ["n8", "A", ["B@n8", "L"]],
  ["n9", null, "A"],
  ["n10", "B@n10", null],
);

test.each<[string, (p: Pipeline) => Pipeline, string[]]>([
  ["fromNodes n8", (p) => p.fromNodes("n8"), ["n1", "n10", "n2", "n3", "n4", "n5", "n6", "n7", "n8"]],
  ["toNodes n7", (p) => p.toNodes("n7"), ["n7", "n8", "n9"]],
  ["only nodes that read H@n2", (p) => p.onlyNodesWithInputs("H@n2"), ["n2"]],
  ["only nodes that read H", (p) => p.onlyNodesWithInputs("H"), ["n1", "n2"]],
  ["only nodes that read H and H@n1", (p) => p.onlyNodesWithInputs("H", "H@n1"), ["n1", "n2"]],
  ["fromInputs H@n1", (p) => p.fromInputs("H@n1"), ["n1"]],
  ["fromInputs H@n2", (p) => p.fromInputs("H@n2"), ["n1", "n2"]],
  ["fromInputs E, through H", (p) => p.fromInputs("E"), ["n1", "n2", "n3", "n4"]],
  ["fromInputs B@n7 and L", (p) => p.fromInputs("B@n7", "L"), ["n1", "n2", "n3", "n4", "n5", "n6", "n7"]],
  ["fromInputs H", (p) => p.fromInputs("H"), ["n1", "n2"]],
  ["only nodes that make H@n4", (p) => p.onlyNodesWithOutputs("H@n4"), ["n4"]],
  ["only nodes that make H@n2", (p) => p.onlyNodesWithOutputs("H@n2"), []],
  ["only nodes that make H", (p) => p.onlyNodesWithOutputs("H"), ["n4"]],
  ["toOutputs F", (p) => p.toOutputs("F"), ["n4", "n7", "n8", "n9"]],
  ["toOutputs B", (p) => p.toOutputs("B"), ["n8", "n9"]],
])("slicing follows datasets through their forms: %s", (_, slice, expected) => {
  expect(names(slice(complex))).toEqual(expected);
});

test("slicing names an unknown form", () => {
  expect(() => complex.fromInputs("H@n7")).toThrow('The pipeline has no dataset "H@n7"');
});

test.each<[object, string[]]>([
  [{ namespace: "x" }, ["x.A", "x.B@csv", "x.B@json", "x.C"]],
  [{ inputs: { A: "in" }, outputs: { B: "b" } }, ["in", "b@csv", "b@json", "C"]],
  [{ outputs: { "B@csv": "b@csv" } }, []],
  [{ namespace: "x", outputs: "B" }, ["x.A", "B@csv", "B@json", "x.C"]],
])("pipeline() with %j renames a dataset in all its forms", (options, expected) => {
  const p = made(["one", "A", "B@csv"], ["two", "B@json", "C"]);
  if (expected.length === 0) {
    // One form alone under another name would be another dataset: the reader of B@json has nothing left to wait for.
    expect(pipeline(p, options).inputs().toSorted()).toEqual(["A", "B@json"]);
    return;
  }
  expect(pipeline(p, options).datasets().toSorted()).toEqual(expected.toSorted());
});

/** Two types on one place: one saves and loads text, the other the same as a number. */
function catalogOf(place: Map<string, string>, names_: string[]) {
  const dataset = (isNumber: boolean): Dataset => ({
    load: async () => (isNumber ? Number(place.get("ink")) : place.get("ink")),
    save: async (value) => void place.set("ink", String(value)),
    exists: async () => place.has("ink"),
    describe: () => ({}),
    fingerprint: async () => place.get("ink") ?? null,
  });
  const config = Object.fromEntries(names_.map((name) => [name, { type: name.split("@")[1] ?? "text" }]));
  return new DataCatalog({
    config,
    factories: { text: () => dataset(false), number: () => dataset(true) },
    parameters: { text: "7" },
  });
}
const twoForms = () => made(["save", "params:text", "ink@text"], ["read", "ink@number", "out"]);

test("a run saves in one form and loads in another", async () => {
  const catalog = catalogOf(new Map(), ["ink@text", "ink@number"]);
  expect(await runOn(new SequentialRunner(), twoForms(), catalog)).toEqual({ out: 7 });
});

test("a run names a form that the catalog does not have, before it begins", async () => {
  const catalog = catalogOf(new Map(), ["ink@text"]);
  await expect(runOn(new SequentialRunner(), twoForms(), catalog)).rejects.toThrow(
    'Dataset "ink@number" is not in the catalog: each form of a dataset needs its own entry',
  );
});

test("fingerprints of all forms are taken again after one was saved", async () => {
  const place = new Map([["ink", "1"]]);
  const fingerprints = new Fingerprints(catalogOf(place, ["ink@text", "ink@number"]));
  expect(await fingerprints.of("ink@number")).toBe("1");
  place.set("ink", "2");
  expect(await fingerprints.of("ink@number")).toBe("1");
  await fingerprints.hooks.after_dataset_saved!({ dataset: "ink@text", data: "2", node: "save" });
  expect(await fingerprints.of("ink@number")).toBe("2");
});

test("--only-missing-outputs keeps an existing form for a reader of another", async () => {
  const catalog = catalogOf(new Map([["ink", "1"]]), ["ink@text", "ink@number"]);
  const p = made(["save", "params:text", "ink@text"], ["read", "ink@number", null]);
  expect([...(await skipExistingOutputs(p, catalog)).keys()]).toEqual(["save"]);
});

test("a form that another form's reader reads is not an unread output", () => {
  const p = twoForms();
  const catalog = new CatalogEntries({ "ink@number": { type: "number" } });
  const lost = unreadOutputs(p.nodes, { pipelines: [p], catalog, parameters: {} });
  expect(lost.map((message) => message.slice(0, 12))).toEqual(['Output "out"']);
});
