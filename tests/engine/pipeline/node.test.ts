import { expect, test } from "bun:test";
import { PipelineError } from "../../../src/engine/errors.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import type { NodeSpec } from "../../../src/engine/pipeline/node-spec.ts";

function clean(): number {
  return 1;
}

const build = (spec: Partial<NodeSpec>) => node({ func: clean, inputs: "raw", outputs: "clean", ...spec });

test("node() without a name is called after its function, inputs and outputs", () => {
  const name = build({}).name;
  expect(name).toMatch(/^clean__[0-9a-f]{8}$/);
  expect(build({}).name).toBe(name);
  expect(build({ inputs: "other" }).name).not.toBe(name);
});

test("node() puts its namespace in front of its name", () => {
  expect(build({ name: "tidy", namespace: "a.b" }).name).toBe("a.b.tidy");
});

test("node() lists inputs and outputs whatever their form, an input twice only once", () => {
  const made = build({ inputs: { x: "a", y: "params:p", z: "a" }, outputs: ["b", "c"] });
  expect(made.inputs).toEqual(["a", "params:p"]);
  expect(made.outputs).toEqual(["b", "c"]);
  expect(build({ inputs: null }).inputs).toEqual([]);
  expect(build({ outputs: null }).outputs).toEqual([]);
});

test("node() reads as name: function(inputs) -> outputs", () => {
  const made = build({ name: "tidy", inputs: ["a", "b"], outputs: null });
  expect(String(made)).toBe("tidy: clean([a;b]) -> None");
});

test("node() with the same name, inputs and outputs has the same key, whatever the order of fields", () => {
  const key = (inputs: NodeSpec["inputs"]) => build({ name: "n", inputs }).key;
  expect(key({ x: "a", y: "b" })).toBe(key({ y: "b", x: "a" }));
  expect(key(["a", "b"])).not.toBe(key(["b", "a"]));
});

test.each<[string, Partial<NodeSpec>, RegExp]>([
  ["has neither inputs nor outputs", { inputs: null, outputs: null }, /needs inputs or outputs/],
  ["names an output twice", { outputs: ["b", "b"] }, /output "b" is listed twice/],
  ["reads its own output", { inputs: "a", outputs: "a" }, /"a" is both an input and an output/],
  ["writes a parameter", { outputs: "params:x" }, /parameters are read-only/],
  ["has a space in its name", { name: "a b" }, /letters, digits/],
  ["has a space in a tag", { tags: ["a b"] }, /tag "a b"/],
  ["has an empty dataset name", { inputs: [""] }, /dataset names must be strings/],
  ["has no function", { func: "clean" as never }, /func must be a function, found a string/],
])("node() is refused when it %s", (_, spec, reason) => {
  expect(() => build(spec)).toThrow(PipelineError);
  expect(() => build(spec)).toThrow(reason);
});
