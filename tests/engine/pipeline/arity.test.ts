import { expect, test } from "bun:test";
import { arityProblem, takesContext } from "../../../src/engine/pipeline/arity.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import type { NodeFunction, NodeSpec } from "../../../src/engine/pipeline/node-spec.ts";
import { createPipelines } from "../../../src/pipelines/registry.ts";
import type { Training } from "../../../src/training/training.ts";

/* Parameters that a function does not use are what is tested. */
const made = (func: NodeFunction, inputs: NodeSpec["inputs"]) =>
  node({ name: "n", func, inputs, outputs: "out" });
const holder = {
  method(_a: unknown) {},
  async *stream(_a: unknown, context: unknown) {
    yield context;
  },
};

test.each<[string, NodeFunction, NodeSpec["inputs"], boolean]>([
  ["as many arguments as inputs", (a, b) => [a, b], ["a", "b"], false],
  ["no inputs", () => 1, null, false],
  ["one object for named inputs", ({ a, b }) => [a, b], { a: "a", b: "b" }, false],
  ["a context", (a, context) => [a, context], "a", true],
  ["a context alone", (context) => context, null, true],
  ["a context after an object", ({ a }, _context) => a, { a: "a" }, true],
  ["a context that is taken apart", (a, { signal, log }) => [a, signal, log], "a", true],
  ["a renamed field of a context", (a, { log: write }) => [a, write], "a", true],
  ["a context of another name", (a, nodeContext) => [a, nodeContext], "a", true],
  ["a default that no input fills", (a, b = 2) => [a, b], "a", false],
  ["a default that an input fills", (a, b = [1, 2].map((x) => x)) => [a, b], ["a", "b"], false],
  ["a default before the context", (a, b = 2, context = null) => [a, b, context], "a", false],
  ["the rest", (...all) => all, ["a", "b", "c"], false],
  ["one and the rest", (a, ...all) => [a, all], "a", false],
  [
    "arguments",
    function () {
      // biome-ignore lint/complexity/noArguments: what is tested
      return arguments.length;
    },
    ["a", "b"],
    false,
  ],
  ["a bound function", ((x: unknown, a: unknown) => [x, a]).bind(null, 1), "a", false],
  ["a method", holder.method, "a", false],
  ["a generator with a context", holder.stream, "a", true],
  ["a comment and a string with commas", (a = "x,(y", /* , b */ c = ",") => [a, c], ["a", "c"], false],
])("a node takes a function with %s", (_, func, inputs, hasContext) => {
  const it = made(func, inputs);
  expect([arityProblem(it), takesContext(it)]).toEqual([null, hasContext]);
});

test.each<[string, NodeFunction, NodeSpec["inputs"], string]>([
  [
    "an argument without an input",
    (a, b) => [a, b],
    "a",
    'its function takes 2 arguments (a, b), and the node has 1 input. Add an input for each argument; only one more, called "context", receives the node\'s context',
  ],
  [
    "an argument and a context too many",
    (a, b, context) => [a, b, context],
    "a",
    "takes 3 arguments (a, b, context), and the node has 1 input.",
  ],
  [
    "an object that is no context",
    (a, { b }) => [a, b],
    "a",
    "takes 2 arguments (a, { b }), and the node has 1 input.",
  ],
  [
    "an input without an argument",
    (a) => a,
    ["a", "b"],
    "takes 1 argument (a), and the node has 2 inputs. Remove an input, or add an argument",
  ],
  ["no arguments", () => 1, "a", "takes 0 arguments, and the node has 1 input. Remove an input"],
  ["an argument for no inputs", (a) => a, null, "takes 1 argument (a), and the node has 0 inputs."],
  [
    "a bound function that wants more",
    ((x: unknown, a: unknown, b: unknown) => [x, a, b]).bind(null, 1),
    "a",
    "takes 2 arguments, and the node has 1 input.",
  ],
])("a node is refused for %s", (_, func, inputs, problem) => {
  expect(arityProblem(made(func, inputs))).toContain(problem);
});

test("the functions of the built-in nodes fit their inputs", () => {
  const pipelines = createPipelines({ training: {} as Training });
  const nodes = Object.values(pipelines).flatMap((one) => one.nodes);
  expect(nodes.map((one) => arityProblem(one)).filter((problem) => problem !== null)).toEqual([]);
});

test.each<[string, NodeFunction, string | null]>([
  ["every field", ({ a, b }) => [a, b], null],
  ["some fields", ({ a }) => a, null],
  ["a renamed field", ({ a: x, b: y }) => [x, y], null],
  ["a default that no input fills", ({ a, c = 1 }) => [a, c], null],
  ["a field that is taken apart", ({ a: { x, y }, b: [z] }) => [x, y, z], null],
  ["the rest", ({ a, ...others }) => [a, others], null],
  ["fields and a context", ({ a, b }, context) => [a, b, context], null],
  ["a whole object", (inputs) => inputs, null],
  ["a misspelt field", ({ a, bb }) => [a, bb], '"bb"'],
  ["a misspelt field and a context", ({ aa, b }, context) => [aa, b, context], '"aa"'],
  ["two unknown fields", ({ x, y: { z } }) => [x, z], '"x", "y"'],
])("arityProblem() checks the fields that a function takes out of named inputs: %s", (_, func, missing) => {
  const problem = arityProblem(made(func, { a: "in1", b: "in2" }));
  if (missing === null) expect(problem).toBeNull();
  else
    expect(problem).toStartWith(
      `its function takes ${missing} out of its inputs, which are a, b. Add the input`,
    );
});
