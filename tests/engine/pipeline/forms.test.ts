import { expect, test } from "bun:test";
import { PipelineError } from "../../../src/engine/errors.ts";
import { type Node, node } from "../../../src/engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../../src/engine/pipeline/pipeline.ts";

/* What a project's code may do although the types refuse it: it is not type-checked when it is loaded. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any;

const messageOf = (act: () => unknown): string => {
  try {
    return `no error: ${String(act())}`;
  } catch (error) {
    expect(error).toBeInstanceOf(PipelineError);
    return (error as Error).message;
  }
};
const spec = (change: object): Any => ({
  name: "n",
  func: (a: unknown) => a,
  inputs: "a",
  outputs: "b",
  ...change,
});

test.each<[object, string]>([
  [
    { inputs: new Set(["a"]) },
    'Node "n": inputs must be a string, a list of strings or an object with strings, found a Set',
  ],
  [
    { outputs: new Map([["a", "b"]]) },
    "outputs must be a string, a list of strings or an object with strings, found a Map",
  ],
  [{ inputs: 3 }, "inputs must be a string, a list of strings or an object with strings, found a number"],
  [{ inputs: ["a", 3] }, "dataset names must be strings, found 3 in inputs"],
  [{ inputs: [["a"]] }, 'dataset names must be strings, found ["a"] in inputs'],
  [{ outputs: { x: undefined } }, "dataset names must be strings, found undefined in outputs"],
  [{ tags: { a: 1 } }, "tags must be a string or a list of strings, found an object"],
  [{ tags: [["a"]] }, "tags must be strings, found an array"],
  [{ name: 3 }, "name must be a string, found a number"],
  [{ namespace: ["a"] }, "namespace must be a string, found an array"],
  [{ confirms: "a" }, '"confirms" does not exist here: datasets are not confirmed'],
  [{ input: "a" }, 'unknown key "input". Did you mean "inputs"?'],
  [{ func: undefined }, "func must be a function, found undefined"],
])("node() refuses %o", (change, expected) => {
  expect(messageOf(() => node(spec(change)))).toContain(expected);
});

test("node() names everything that is wrong at once", () => {
  const wrong = { inputs: new Set(), tags: 3, confirms: "x" };
  expect(messageOf(() => node(spec(wrong))).split("\n")).toHaveLength(3);
  const names = { name: "a b", tags: ["c d"], outputs: ["params:x", "a"] };
  expect(messageOf(() => node(spec(names))).split("\n")).toHaveLength(4);
  expect(messageOf(() => (node as Any)(() => 1, "a", "b"))).toContain(
    "node() takes one object, node({ func, inputs, outputs }), found a function",
  );
});

test("node() takes tags as a Set, as Kedro does", () => {
  expect([...node(spec({ tags: new Set(["x", "y"]) })).tags]).toEqual(["x", "y"]);
});

const one = node(spec({}));
const both = pipeline([one, node(spec({ name: "m", inputs: "b", outputs: "c" }))]);

test.each<[string, (made: Any) => unknown, string]>([
  ["tag", (made) => made.tag(["x"]), 'tag() takes names as separate strings, .tag("a", "b"), found an array'],
  ["onlyNodes", (made) => made.onlyNodes(["n"]), "onlyNodes() takes names as separate strings"],
  ["onlyNodesWithTags", (made) => made.onlyNodesWithTags(new Set(["x"])), "found a Set"],
  ["onlyNodesWithNamespaces", (made) => made.onlyNodesWithNamespaces(["x"]), "found an array"],
  ["onlyNodesWithInputs", (made) => made.onlyNodesWithInputs(["a"]), "found an array"],
  ["onlyNodesWithOutputs", (made) => made.onlyNodesWithOutputs(["a"]), "found an array"],
  ["fromNodes", (made) => made.fromNodes(one), "found a Node"],
  ["toNodes", (made) => made.toNodes(["n"]), "found an array"],
  ["fromInputs", (made) => made.fromInputs(["a"]), "found an array"],
  ["toOutputs", (made) => made.toOutputs(undefined), "found undefined"],
  [
    "minus",
    (made) => made.minus("n"),
    'minus() takes a pipeline, found a string. To choose nodes by name, use onlyNodes("a", "b")',
  ],
  ["plus", (made) => made.plus([one]), "plus() takes a pipeline, found an array"],
  ["and", (made) => made.and(undefined), "and() takes a pipeline, found undefined"],
  ["filter", (made) => made.filter({ tag: ["x"] }), 'unknown key "tag". Did you mean "tags"?'],
])("a pipeline's %s() refuses what its types refuse", (_, act, expected) => {
  expect(messageOf(() => act(both))).toContain(expected);
});

test.each<[string, () => unknown, string]>([
  [
    "a nested list",
    () => (pipeline as Any)([one, [one]]),
    "takes a list of nodes and pipelines, found an array in it",
  ],
  ["a function", () => (pipeline as Any)([() => 1]), "found a function in it"],
  ["a node", () => (pipeline as Any)(one), "takes a list of nodes and pipelines, found a Node"],
  [
    "a namespace for options",
    () => (pipeline as Any)(both, "ns"),
    "takes its options as an object, found a string",
  ],
  [
    "an unknown option",
    () => (pipeline as Any)(both, { input: "a" }),
    'unknown key "input". Did you mean "inputs"?',
  ],
  [
    "a Set of inputs",
    () => (pipeline as Any)(both, { inputs: new Set(["a"]) }),
    "inputs must be a string, a list",
  ],
])("pipeline() refuses %s", (_, act, expected) => {
  expect(messageOf(act)).toContain(expected);
});

test("pipeline() takes nodes from a generator", () => {
  function* nodes(): Generator<Node | Pipeline> {
    yield one;
  }
  expect(pipeline(nodes()).nodes).toHaveLength(1);
});

test("a pipeline names all unknown names at once", () => {
  const options = { inputs: { x: "y" }, outputs: ["z"], parameters: "params:p" };
  expect(messageOf(() => pipeline(both, options)).split("\n")).toEqual([
    'Cannot map "x": the pipeline does not read or write it. Did you mean "a"?',
    'Cannot map "z": the pipeline does not read or write it. Did you mean "a"?',
    'Cannot map "params:p": the pipeline does not read or write it',
  ]);
  const filter = { nodeNames: ["nn", "mm"], fromInputs: ["aa"], nodeNamespaces: ["q"] };
  expect(messageOf(() => both.filter(filter)).split("\n")).toHaveLength(4);
});
