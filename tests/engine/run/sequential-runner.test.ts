import { expect, test } from "bun:test";
import { DataCatalog } from "../../../src/engine/catalog/catalog.ts";
import { MemoryDataset } from "../../../src/engine/catalog/memory-dataset.ts";
import { PipelineError, RunCancelledError } from "../../../src/engine/errors.ts";
import { node } from "../../../src/engine/pipeline/node.ts";
import type { NodeContext, NodeSpec } from "../../../src/engine/pipeline/node-spec.ts";
import { pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import type { Hooks } from "../../../src/engine/run/hooks.ts";
import { SequentialRunner } from "../../../src/engine/run/sequential-runner.ts";

interface Setup {
  nodes: NodeSpec[];
  hooks?: Hooks[];
  signal?: AbortSignal;
  declared?: string[];
  given?: Record<string, unknown>;
  parameters?: Record<string, unknown>;
}

async function run({ nodes, hooks = [], signal, declared = [], given = {}, parameters = {} }: Setup) {
  const catalog = new DataCatalog({
    config: Object.fromEntries(declared.map((name) => [name, { type: "memory" }])),
    factories: { memory: () => new MemoryDataset() },
    parameters,
  });
  for (const [name, value] of Object.entries(given)) await catalog.save(name, value);
  let timeMs = 0;
  const outputs = new SequentialRunner({ now: () => (timeMs += 5) }).run({
    pipeline: pipeline(nodes.map(node)),
    catalog,
    hooks,
    runParams: { runId: "run-1", pipeline: "test", env: null, parameters, seed: 1 },
    signal,
  });
  return { catalog, outputs };
}

const outputsOf = async (setup: Setup) => (await run(setup)).outputs;

test("SequentialRunner passes values from node to node, and returns the outputs that nothing else holds", async () => {
  const outputs = await outputsOf({
    nodes: [
      { name: "sum", func: (a: number, b: number) => a + b, inputs: ["x", "params:k"], outputs: "sum" },
      {
        name: "twice",
        func: async (sum: number) => [2 * sum, sum],
        inputs: "sum",
        outputs: ["double", "kept"],
      },
    ],
    given: { x: 1 },
    parameters: { k: 2 },
    declared: ["kept"],
  });
  expect(outputs).toEqual({ double: 6 });
});

test("SequentialRunner gives named inputs as one object, takes outputs by field, and adds the context last", async () => {
  let context: NodeContext | undefined;
  const outputs = await outputsOf({
    nodes: [
      {
        name: "n",
        func: ({ left, right }: { left: number; right: number }, last: NodeContext) => {
          context = last;
          return { difference: left - right };
        },
        inputs: { left: "a", right: "b" },
        outputs: { difference: "d" },
      },
    ],
    given: { a: 5, b: 3 },
  });
  expect(outputs).toEqual({ d: 2 });
  expect(context?.signal.aborted).toBe(false);
});

test("SequentialRunner runs nodes without inputs, and nodes without outputs", async () => {
  const seen: unknown[] = [];
  await outputsOf({
    nodes: [
      { name: "make", func: () => 7, inputs: null, outputs: "seven" },
      { name: "show", func: (value: unknown) => void seen.push(value), inputs: "seven", outputs: null },
    ],
  });
  expect(seen).toEqual([7]);
});

test("SequentialRunner calls hooks in Kedro's order, one object after the other", async () => {
  const said: string[] = [];
  const speaker = (who: string): Hooks => ({
    before_pipeline_run: ({ nodes }) => void said.push(`${who} begins ${nodes.join()}`),
    before_dataset_loaded: ({ dataset }) => void said.push(`${who} loads ${dataset}`),
    after_dataset_loaded: async ({ dataset, data }) => void said.push(`${who} loaded ${dataset}=${data}`),
    before_node_run: ({ node, inputs }) => void said.push(`${who} runs ${node} ${JSON.stringify(inputs)}`),
    after_node_run: ({ node, durationMs, outputs }) =>
      void said.push(`${who} ran ${node} ${JSON.stringify(outputs)} in ${durationMs} ms`),
    before_dataset_saved: ({ dataset }) => void said.push(`${who} saves ${dataset}`),
    after_dataset_saved: ({ dataset, data }) => void said.push(`${who} saved ${dataset}=${data}`),
    after_pipeline_run: ({ outputs }) => void said.push(`${who} ends ${JSON.stringify(outputs)}`),
  });
  await outputsOf({
    nodes: [{ name: "n", func: (x: number) => x + 1, inputs: "x", outputs: "y" }],
    given: { x: 1 },
    hooks: [speaker("A"), speaker("B")],
  });
  expect(said.filter((line) => line.startsWith("A"))).toEqual([
    "A begins n",
    "A loads x",
    "A loaded x=1",
    'A runs n {"x":1}',
    'A ran n {"y":2} in 5 ms',
    "A saves y",
    "A saved y=2",
    'A ends {"y":2}',
  ]);
  expect(said.slice(0, 4)).toEqual(["A begins n", "B begins n", "A loads x", "B loads x"]);
});

test("before_node_run() can replace inputs by other values", async () => {
  const outputs = await outputsOf({
    nodes: [{ name: "n", func: (x: number) => x, inputs: "x", outputs: "y" }],
    given: { x: 1 },
    hooks: [{ before_node_run: () => ({ x: 10 }) }],
  });
  expect(outputs).toEqual({ y: 10 });
});

test("a node's progress and log reach the hooks in order, before the node counts as done", async () => {
  const said: string[] = [];
  await outputsOf({
    nodes: [
      {
        name: "n",
        func: (context: NodeContext) => {
          context.progress({ step: 1 });
          context.log("half way");
          context.progress({ step: 2 });
          return 1;
        },
        inputs: null,
        outputs: "y",
      },
    ],
    hooks: [
      {
        on_node_progress: async ({ data }) => void said.push(`step ${data.step}`),
        on_node_log: ({ message }) => void said.push(message),
        after_node_run: () => void said.push("done"),
      },
    ],
  });
  expect(said).toEqual(["step 1", "half way", "step 2", "done"]);
});

test("SequentialRunner releases a value after its last reader, but not a free input", async () => {
  const held: boolean[] = [];
  const { catalog, outputs } = await run({
    nodes: [
      { name: "a", func: (x: number) => x, inputs: "x", outputs: "y" },
      { name: "b", func: (y: number) => y, inputs: "y", outputs: "z" },
      { name: "c", func: (y: number, z: number) => y + z, inputs: ["y", "z"], outputs: "w" },
    ],
    given: { x: 1 },
    hooks: [{ after_dataset_saved: async () => void held.push(await catalog.exists("y")) }],
  });
  expect(await outputs).toEqual({ w: 2 });
  expect(held).toEqual([true, true, true]);
  expect(await Promise.all(["x", "y", "z"].map((name) => catalog.exists(name)))).toEqual([
    true,
    false,
    false,
  ]);
});

test("SequentialRunner saves outputs as soon as a node is done: they are there when a later node fails", async () => {
  const { catalog, outputs } = await run({
    nodes: [
      { name: "a", func: () => 1, inputs: null, outputs: "y" },
      {
        name: "b",
        func: () => {
          throw new Error("no");
        },
        inputs: "y",
        outputs: "z",
      },
    ],
    declared: ["y"],
  });
  await expect(outputs).rejects.toThrow('Node "b" failed: no');
  await outputs.catch(() => undefined);
  expect(await catalog.load("y")).toBe(1);
});

test("SequentialRunner keeps a node's error as the cause, and calls the error hooks", async () => {
  const original = new TypeError("bad shape");
  const said: string[] = [];
  const failing = outputsOf({
    nodes: [
      {
        name: "n",
        func: () => {
          throw original;
        },
        inputs: null,
        outputs: "y",
      },
    ],
    hooks: [
      {
        on_node_error: ({ node, error }) => void said.push(`${node}: ${error}`),
        on_pipeline_error: ({ error }) => void said.push(String(error)),
      },
    ],
  });
  const error = await failing.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(PipelineError);
  expect(error.cause).toBe(original);
  expect(said).toEqual(["n: TypeError: bad shape", 'PipelineError: Node "n" failed: bad shape']);
});

test.each<[string, Partial<NodeSpec>, RegExp]>([
  ["returns nothing", { func: () => undefined }, /Node "n" failed: it left its output "y" undefined/],
  [
    "returns one of two",
    { func: () => [1], outputs: ["y", "z"] },
    /array of its 2 outputs \(y, z\), found an array of 1/,
  ],
  ["returns no array", { func: () => 1, outputs: ["y", "z"] }, /found number/],
  ["omits a field", { func: () => ({ a: 1 }), outputs: { a: "y", b: "z" } }, /left its output "z" undefined/],
  [
    "returns no object",
    { func: () => null, outputs: { a: "y" } },
    /must return an object with a, found null/,
  ],
  [
    "misspells a field",
    { func: () => ({ al: 1 }), outputs: { all: "y" } },
    /returned "al", .* Did you mean "all"\?/,
  ],
])("SequentialRunner fails naming node and output when a function %s", async (_, spec, reason) => {
  await expect(
    outputsOf({ nodes: [{ name: "n", func: () => 1, inputs: null, outputs: "y", ...spec }] }),
  ).rejects.toThrow(reason);
});

test.each<[string, Partial<NodeSpec>, string[]]>([
  ["null", { func: () => null, outputs: "y" }, ['Warning: output "y" is null']],
  ["null that it may", { func: () => null, outputs: "y", nullable: true }, []],
  ["null in a list", { func: () => [1, null], outputs: ["y", "z"] }, ['Warning: output "z" is null']],
  [
    "null in a field",
    { func: () => ({ a: null, b: 1 }), outputs: { a: "y", b: "z" } },
    ['Warning: output "y" is null'],
  ],
  [
    "a value without outputs",
    { func: () => 3, outputs: null, inputs: "in" },
    ["Warning: the node has no outputs, so what it returned is dropped"],
  ],
  ["nothing without outputs", { func: () => undefined, outputs: null, inputs: "in" }, []],
  ["null without outputs", { func: () => null, outputs: null, inputs: "in" }, []],
  ["0, an empty string and false", { func: () => [0, "", false], outputs: ["x", "y", "z"] }, []],
  [
    "null twice as a generator",
    {
      func: function* () {
        yield null;
        yield null;
      },
      outputs: "y",
    },
    ['Warning: output "y" is null'],
  ],
  [
    "values of a generator without outputs",
    {
      func: function* () {
        yield 1;
        return 2;
      },
      outputs: null,
      inputs: "in",
    },
    ["Warning: the node has no outputs, so what it returned is dropped"],
  ],
])("a node that returns %s succeeds, and its log says so", async (_, spec, expected) => {
  const said: string[] = [];
  const hooks = [{ on_node_log: ({ message }: { message: string }) => void said.push(message) }];
  const nodes = [{ name: "n", inputs: null, ...spec } as NodeSpec];
  await outputsOf({ nodes, hooks, declared: ["in"], given: { in: 1 } });
  expect(said).toEqual(expected);
});

test("SequentialRunner names every input that nothing gives, before any node has run", async () => {
  let ran = 0;
  const nodes = [
    { name: "a", func: () => ++ran, inputs: ["tabel", "params:sed"], outputs: "y" },
    { name: "b", func: () => ++ran, inputs: null, outputs: "z" },
  ];
  await expect(outputsOf({ nodes, declared: ["table"], parameters: { seed: 1 } })).rejects.toThrow(
    'Pipeline "test" cannot start: Dataset "tabel" is not in the catalog and no node outputs it. Did you mean "table"?; ' +
      'Parameter "params:sed" does not exist. Did you mean "params:seed"?',
  );
  expect(ran).toBe(0);
});

test("SequentialRunner stops before the next node when it is cancelled", async () => {
  const abort = new AbortController();
  const ran: string[] = [];
  const running = outputsOf({
    nodes: [
      {
        name: "a",
        func: () => {
          ran.push("a");
          abort.abort();
          return 1;
        },
        inputs: null,
        outputs: "y",
      },
      { name: "b", func: () => ran.push("b"), inputs: "y", outputs: "z" },
    ],
    signal: abort.signal,
  });
  const error = await running.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(RunCancelledError);
  expect(error.message).toBe('Cancelled before node "b"');
  expect(ran).toEqual(["a"]);
});

test("SequentialRunner says that it was cancelled, not that the node failed, when a node obeys the signal", async () => {
  const abort = new AbortController();
  const running = outputsOf({
    nodes: [
      {
        name: "long",
        func: (context: NodeContext) => {
          abort.abort();
          context.signal.throwIfAborted();
        },
        inputs: null,
        outputs: "y",
      },
    ],
    signal: abort.signal,
  });
  const error = await running.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(RunCancelledError);
  expect(error.message).toBe('Cancelled during node "long"');
});

test("a failing hook fails the run, and never hides a node's own error", async () => {
  const quiet = {
    name: "n",
    func: (context: NodeContext) => {
      context.progress({});
      return 1;
    },
    inputs: null,
    outputs: "y",
  };
  const loud = {
    ...quiet,
    func: () => {
      throw new Error("the node's");
    },
  };
  const hook = () => {
    throw new Error("the hook's");
  };
  await expect(outputsOf({ nodes: [quiet], hooks: [{ before_node_run: hook }] })).rejects.toThrow(
    'Node "n" failed: the hook\'s',
  );
  await expect(outputsOf({ nodes: [quiet], hooks: [{ on_node_progress: hook }] })).rejects.toThrow(
    "the hook's",
  );
  await expect(outputsOf({ nodes: [loud], hooks: [{ on_node_error: hook }] })).rejects.toThrow(
    "the node's; then hook on_node_error failed: the hook's",
  );
});
