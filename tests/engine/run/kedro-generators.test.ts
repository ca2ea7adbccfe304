import { expect, test } from "bun:test";
import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import { MemoryDataset } from "../../../src/engine/catalog/memory-dataset.ts";
import { PipelineError, RunCancelledError } from "../../../src/engine/errors.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import type { NodeContext, NodeSpec } from "../../../src/engine/pipeline/node-spec.ts";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { isGeneratorFunction } from "../../../src/engine/run/chunks.ts";
import type { RunArguments } from "../../../src/engine/run/runner.ts";
import { SequentialRunner } from "../../../src/engine/run/sequential-runner.ts";
import { catalogOf, runOn } from "./run-setup.ts";

/** Records the saved values, in order, in a catalog whose datasets store nothing. */
function listening() {
  const saved: [string, unknown][] = [];
  const dataset = (name: string) =>
    Object.assign(new MemoryDataset(), { save: async (value: unknown) => void saved.push([name, value]) });
  const catalog = new DataCatalog({
    config: { "{any}": { type: "listening" } },
    factories: { listening: (name) => dataset(name) },
    parameters: {},
  });
  return { saved, catalog };
}

const run = (spec: Omit<NodeSpec, "inputs" | "name">, more: Partial<RunArguments> = {}) => {
  const { saved, catalog } = listening();
  const made = pipeline([node({ ...spec, inputs: null, name: "each" })]);
  return {
    saved,
    over: runOn(new SequentialRunner({ graceMs: 10 }), made, catalog, more),
  };
};

// Kedro's tests/runner/test_run_generator_node.py: one output, several as a tuple, a list or a dictionary.
test.each<[string, Omit<NodeSpec, "inputs" | "name">, [string, unknown][]]>([
  [
    "one output",
    {
      func: function* () {
        yield* [0, 1, 2];
      },
      outputs: "n",
    },
    [
      ["n", 0],
      ["n", 1],
      ["n", 2],
    ],
  ],
  [
    "a list of outputs",
    {
      func: function* () {
        for (const i of [2, 3]) yield [i, i * i];
      },
      outputs: ["left", "right"],
    },
    [
      ["left", 2],
      ["right", 4],
      ["left", 3],
      ["right", 9],
    ],
  ],
  [
    "outputs by field",
    {
      func: function* () {
        for (const i of [2, 3]) yield { i, square: i * i };
      },
      outputs: { i: "left", square: "right" },
    },
    [
      ["left", 2],
      ["right", 4],
      ["left", 3],
      ["right", 9],
    ],
  ],
  [
    "one output of an async generator",
    {
      func: async function* () {
        yield await Promise.resolve("a");
        yield "b";
      },
      outputs: "n",
    },
    [
      ["n", "a"],
      ["n", "b"],
    ],
  ],
])("a generator node saves each value that it yields, in order: %s", async (_, spec, expected) => {
  const { saved, over } = run(spec);
  await over;
  expect(saved).toEqual(expected);
});

test("a value is saved before the next one is requested", async () => {
  const order: string[] = [];
  const made = pipeline([
    node({
      name: "each",
      func: function* () {
        for (const i of [1, 2]) {
          order.push(`make ${i}`);
          yield i;
        }
      },
      inputs: null,
      outputs: "n",
    }),
  ]);
  const hooks = [
    {
      after_dataset_saved: ({ data }: { data: unknown }) => void order.push(`saved ${data}`),
      after_node_run: ({ outputs }: { outputs: object }) => void order.push(`run ${JSON.stringify(outputs)}`),
      on_node_saved: () => void order.push("node saved"),
    },
  ];
  await runOn(new SequentialRunner(), made, catalogOf(["n"]), { hooks });
  expect(order).toEqual(["make 1", "saved 1", "make 2", "saved 2", 'run {"n":2}', "node saved"]);
});

test("what is held in memory is the last value, as in Kedro", async () => {
  const made = pipeline([
    node({
      name: "each",
      func: function* (values: number[]) {
        yield* values;
      },
      inputs: "params:values",
      outputs: "n",
    }),
    node({ name: "next", func: (n: number) => n * 10, inputs: "n", outputs: "out" }),
  ]);
  expect(await runOn(new SequentialRunner(), made, catalogOf([], new Map(), { values: [1, 2] }))).toEqual({
    out: 20,
  });
});

test("a function that returns an iterator without being a generator saves it as one value", async () => {
  const values = [1, 2].values();
  const { saved, over } = run({ func: () => values, outputs: "n" });
  await over;
  expect(saved).toEqual([["n", values]]);
  expect(isGeneratorFunction(() => values)).toBe(false);
});

test.each<[string, NodeSpec["func"], NodeSpec["outputs"], RegExp]>([
  ["yields nothing", function* () {}, ["a", "b"], /it yielded nothing, so there is no a, b/],
  [
    "yields something else than its outputs",
    function* () {
      yield 7;
    },
    ["a", "b"],
    /it must return an array of its 2 outputs \(a, b\), found number/,
  ],
  [
    "fails after its first value",
    function* () {
      yield 1;
      throw new Error("no more");
    },
    "a",
    /no more/,
  ],
])("a generator node that %s fails by its name", async (_, func, outputs, message) => {
  const { over } = run({ func, outputs });
  const error = await over.catch((thrown: unknown) => thrown as Error);
  expect(error).toBeInstanceOf(PipelineError);
  expect((error as Error).message).toMatch(/"each"/);
  expect((error as Error).message).toMatch(message);
});

test("a generator node is cancelled between two values, and is notified", async () => {
  const abort = new AbortController();
  let isClosed = false;
  const { saved, over } = run(
    {
      func: async function* (context: NodeContext) {
        try {
          yield 1;
          abort.abort(new Error("enough"));
          yield 2;
          yield context;
        } finally {
          isClosed = true;
        }
      },
      outputs: "n",
    },
    { signal: abort.signal },
  );
  await expect(over).rejects.toBeInstanceOf(RunCancelledError);
  expect(saved.length).toBeLessThanOrEqual(2);
  expect(isClosed).toBe(true);
});

test("a generator node that never comes to its next value does not hold up a cancelled run", async () => {
  const abort = new AbortController();
  const { over } = run(
    {
      func: async function* () {
        yield 1;
        abort.abort(new Error("enough"));
        await new Promise(() => {});
      },
      outputs: "n",
    },
    { signal: abort.signal },
  );
  await expect(over).rejects.toBeInstanceOf(RunCancelledError);
});
