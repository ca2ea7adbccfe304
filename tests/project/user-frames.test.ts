import { expect, test } from "bun:test";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { userFrames } from "../../src/project/user-frames.ts";

const thrown = (message: string, calls: string[]) =>
  Object.assign(new Error(message), {
    stack: `Error: ${message}\n${calls.map((call) => `    at ${call}`).join("\n")}`,
  });

test("userFrames() finds the calls in a project whose path has any characters, whatever the message looks like", () => {
  const root = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .map((name) => `/home/ada/${name.replaceAll("/", "_")}`);
  const message = fc.oneof(fc.string(), fc.constant("x\n    at f (/home/ada/p/a.ts:1:2)"));
  fc.assert(
    fc.property(root, message, fc.nat(9999), fc.nat(99), (dir, text, line, column) => {
      const error = thrown(text, [
        "parse (unknown)",
        `helper (${dir}/src/pipelines/ink/nodes.ts:${line}:${column})`,
        `async load (${dir}/src/pipelines/ink/nodes.ts:7:1)`,
        `${dir}/src/pipelines/ink/pipeline.ts:2:3`,
        `<anonymous> (${dir}/src/a b.ts:4:5)`,
        `inner (${dir}/node_modules/pkg/index.js:1:1)`,
        "runNode (/$bunfs/root/tegaki:513:3679)",
      ]);
      expect(userFrames(error, dir)).toEqual([
        { call: "helper", file: "src/pipelines/ink/nodes.ts", line, column },
        { call: "load", file: "src/pipelines/ink/nodes.ts", line: 7, column: 1 },
        { call: "", file: "src/pipelines/ink/pipeline.ts", line: 2, column: 3 },
        { call: "", file: "src/a b.ts", line: 4, column: 5 },
      ]);
    }),
  );
});

test("userFrames() leaves out tegaki's own sources, also when the project is their repository, and has at most 12", () => {
  const repository = dirname(dirname(import.meta.dir));
  const own = thrown("x", [`runNode (${join(repository, "src/engine/run/run-node.ts")}:1:2)`]);
  expect(userFrames(own, repository)).toEqual([]);
  expect(userFrames(thrown("x", Array<string>(50).fill("f (/p/a.ts:1:2)")), "/p")).toHaveLength(12);
});

test.each([
  undefined,
  null,
  "text",
  { stack: "at f (/p/a.ts:1:2)" },
  Object.assign(new Error("x"), { stack: 3 }),
])("userFrames() of %p are none", (value) => {
  expect(userFrames(value, "/p")).toEqual([]);
});
