import { expect, test } from "bun:test";
import { PipelineError } from "../../../src/engine/errors.ts";
import type { ModularOptions } from "../../../src/engine/pipeline/modular.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { identity, names, steps } from "../chain.ts";

const COOK = steps("defrost: frozen, params:heat, parameters -> meat", "grill: meat -> grilled");

test("pipeline() with a namespace prefixes nodes, datasets and parameters, but not `parameters`", () => {
  const lunch = pipeline(COOK, { namespace: "lunch" });
  expect(names(lunch)).toEqual(["lunch.defrost", "lunch.grill"]);
  expect(lunch.inputs()).toEqual(["lunch.frozen", "params:lunch.heat", "parameters"]);
  expect(lunch.outputs()).toEqual(["lunch.grilled"]);
});

test("pipeline() keeps the inputs, outputs and parameters that are to be exposed", () => {
  const lunch = pipeline(COOK, {
    namespace: "lunch",
    inputs: "frozen",
    outputs: ["grilled"],
    parameters: "heat",
  });
  expect(lunch.inputs()).toEqual(["frozen", "params:heat", "parameters"]);
  expect(lunch.datasets()).toContain("lunch.meat");
  expect(lunch.outputs()).toEqual(["grilled"]);
});

test("pipeline() renames what an object maps, intermediate outputs as well", () => {
  const lunch = pipeline(COOK, {
    inputs: { frozen: "fish" },
    outputs: { meat: "fillet" },
    parameters: { "params:heat": "low.heat" },
  });
  expect(lunch.inputs()).toEqual(["fish", "params:low.heat", "parameters"]);
  expect(lunch.onlyNodes("grill").inputs()).toEqual(["fillet"]);
});

test("pipeline() can group by a namespace without prefixing datasets", () => {
  const lunch = pipeline(COOK, { namespace: "lunch", prefixDatasetsWithNamespace: false });
  expect(names(lunch)).toEqual(["lunch.defrost", "lunch.grill"]);
  expect(lunch.inputs()).toEqual(["frozen", "params:heat", "parameters"]);
});

test("pipeline() nests namespaces, and they can be selected from the outside in", () => {
  const day = pipeline([pipeline(COOK, { namespace: "lunch" }), pipeline(COOK, { namespace: "dinner" })], {
    namespace: "day",
  });
  expect(names(day.onlyNodesWithNamespaces("day.lunch"))).toEqual(["day.lunch.defrost", "day.lunch.grill"]);
  expect(day.onlyNodesWithNamespaces("day").nodes).toHaveLength(4);
});

test("pipeline() lets one pipeline be used twice, joined where names are mapped", () => {
  const twice = pipeline([
    pipeline(COOK, { namespace: "first", outputs: { grilled: "half_done" } }),
    pipeline(COOK, { namespace: "second", inputs: { frozen: "half_done" } }),
  ]);
  expect(names(twice)).toEqual(["first.defrost", "first.grill", "second.defrost", "second.grill"]);
});

test("pipeline() renames within objects of inputs and outputs, keeping their fields", () => {
  const made = pipeline([node({ func: identity, name: "n", inputs: { x: "a" }, outputs: { y: "b" } })], {
    namespace: "ns",
  });
  expect(made.nodes[0]!.spec.inputs).toEqual({ x: "ns.a" });
  expect(made.nodes[0]!.spec.outputs).toEqual({ y: "ns.b" });
});

test("pipeline() tags every node", () => {
  expect(pipeline(COOK, { tags: ["kitchen"] }).onlyNodesWithTags("kitchen").nodes).toHaveLength(2);
  expect(COOK.onlyNodesWithTags("kitchen").nodes).toHaveLength(0);
});

test.each<[string, ModularOptions, RegExp]>([
  ["an unknown input", { inputs: "frozn" }, /Cannot map "frozn": .* Did you mean "frozen"\?/],
  [
    "an input that a node outputs",
    { inputs: "meat" },
    /"meat" under inputs: a node of the pipeline outputs it/,
  ],
  ["a parameter among the inputs", { inputs: "params:heat" }, /put it under parameters/],
  [
    "a free input among the outputs",
    { outputs: "frozen" },
    /"frozen" under outputs: no node of the pipeline outputs it/,
  ],
  ["an unknown parameter", { parameters: "haet" }, /Did you mean "params:heat"\?/],
])("pipeline() refuses to map %s", (_, options, reason) => {
  expect(() => pipeline(COOK, options)).toThrow(PipelineError);
  expect(() => pipeline(COOK, options)).toThrow(reason);
});
