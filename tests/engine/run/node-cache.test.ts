import { expect, test } from "bun:test";
import { type Node, node } from "../../../src/engine/pipeline/node.ts";
import type { NodeSpec } from "../../../src/engine/pipeline/node-spec.ts";
import { type Pipeline, pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { Fingerprints } from "../../../src/engine/run/fingerprints.ts";
import type { Hooks } from "../../../src/engine/run/hooks.ts";
import { CachedRun, type NodeCache, type NodeRecord } from "../../../src/engine/run/node-cache.ts";
import { ParallelRunner } from "../../../src/engine/run/parallel-runner.ts";
import type { Runner } from "../../../src/engine/run/runner.ts";
import { SequentialRunner } from "../../../src/engine/run/sequential-runner.ts";
import { catalogOf, runOn, type Shelf } from "./run-setup.ts";

/** A project: what outlives its runs. `run` gives the names of the nodes that ran. */
function project(kept: string[]) {
  const records = new Map<string, NodeRecord>();
  const cache: NodeCache = {
    get: async (name) => records.get(name) ?? null,
    put: async (record) => void records.set(record.node, record),
  };
  const reasons: string[] = [];
  const shelf: Shelf = new Map<string, unknown>([["raw", [1, 2]]]);
  return {
    shelf,
    records,
    reasons,
    async run(
      made: Pipeline,
      {
        parameters = { k: 2 } as Record<string, unknown>,
        program = "v1",
        runner = new SequentialRunner() as Runner,
        toRun = made,
      } = {},
    ) {
      const catalog = catalogOf(["raw", ...kept], shelf, parameters);
      const fingerprints = new Fingerprints(catalog);
      const cached = new CachedRun({ pipeline: made, catalog, fingerprints, cache, program });
      const skips = await cached.skips();
      const ran: string[] = [];
      reasons.length = 0;
      const watch: Hooks = {
        before_node_run: ({ node: name }) => void ran.push(name),
        on_node_skipped: ({ node: name, reason }) => void reasons.push(`${name}: ${reason}`),
      };
      const hooks = [fingerprints.hooks, cached.hooks(), watch];
      const skipNow = (one: Node) => cached.skipNow(one);
      await runOn(runner, toRun, catalog, { hooks, skips, skipNow });
      return made.nodes.map(({ name }) => name).filter((name) => ran.includes(name));
    },
  };
}

const scale = (raw: number[], k: number) => raw.map((value) => value * k);
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const show = (total: number) => ({ text: `${total}` });

/** raw -> scaled -> total -> page */
const chain = (change: Record<string, Partial<NodeSpec>> = {}) =>
  pipeline([
    node({ name: "scale", func: scale, inputs: ["raw", "params:k"], outputs: "scaled", ...change.scale }),
    node({ name: "sum", func: sum, inputs: "scaled", outputs: "total", ...change.sum }),
    node({ name: "show", func: show, inputs: "total", outputs: "page", ...change.show }),
  ]);

const ALL = ["scale", "sum", "show"];

test.each([
  ["saved", ["scaled", "total", "page"]],
  ["held in memory but for the last", ["page"]],
  ["held in memory at one place", ["scaled", "page"]],
])("the cache skips everything when nothing has changed and values are %s", async (_, kept) => {
  const { run } = project(kept);
  expect(await run(chain())).toEqual(ALL);
  expect(await run(chain())).toEqual([]);
  expect(await run(chain())).toEqual([]);
});

test("the cache says why it skips a node", async () => {
  const { run, shelf, records } = project(["page"]);
  await run(chain());
  const catalog = catalogOf(["raw", "page"], shelf, { k: 2 });
  const cache: NodeCache = { get: async (name) => records.get(name) ?? null, put: async () => {} };
  const fingerprints = new Fingerprints(catalog);
  const skips = await new CachedRun({
    pipeline: chain(),
    catalog,
    fingerprints,
    cache,
    program: "v1",
  }).skips();
  expect(skips.get("sum")).toEqual({ cause: "unchanged", reason: "inputs, params, catalog, code unchanged" });
});

test.each<[string, (shelf: Shelf) => void, object, string[]]>([
  ["an input's content", (shelf) => shelf.set("raw", [1, 3]), {}, ALL],
  ["a parameter", () => {}, { parameters: { k: 3 } }, ALL],
  ["the program", () => {}, { program: "v2" }, ALL],
  ["an output, by somebody else,", (shelf) => shelf.set("total", 7), {}, ["sum"]],
  ["an output, which is gone,", (shelf) => shelf.delete("page"), {}, ["show"]],
  ["a parameter that no node reads", () => {}, { parameters: { k: 2, other: 1 } }, []],
  ["the order of a parameter's keys", () => {}, { parameters: { other: 1, k: 2 } }, []],
])(
  "after a change of %s the cache has all run whose inputs are others then",
  async (_, change, more, expected) => {
    const { run, shelf } = project(["scaled", "total", "page"]);
    await run(chain());
    change(shelf);
    expect(await run(chain(), more)).toEqual(expected);
    expect(await run(chain(), more)).toEqual([]);
  },
);

test.each<[string, Parameters<typeof chain>[0], string[]]>([
  ["the text of a function", { sum: { func: (values: number[]) => values.length } }, ["sum", "show"]],
  ["a version, whose results are the same,", { sum: { version: "2" } }, ["sum"]],
  ["tags alone", { sum: { tags: "slow" } }, []],
])(
  "after a change of %s the cache has the node run, and what reads other values then",
  async (_, change, expected) => {
    const { run } = project(["scaled", "total", "page"]);
    await run(chain());
    expect(await run(chain(change))).toEqual(expected);
  },
);

test("a version stands for the code: the function's text may change under it", async () => {
  const { run } = project(["page"]);
  await run(chain({ sum: { version: "1" } }));
  const other = { sum: { version: "1", func: (values: number[]) => sum(values) } };
  expect(await run(chain(other))).toEqual([]);
});

test("the cache has a node run whose output is held in memory and needed by one that runs", async () => {
  const { run, shelf } = project(["page"]);
  await run(chain());
  shelf.delete("page");
  expect(await run(chain())).toEqual(ALL);
});

test("the cache has unchanged nodes run only as far back as something is saved", async () => {
  const { run, shelf } = project(["scaled", "page"]);
  await run(chain());
  shelf.delete("page");
  expect(await run(chain())).toEqual(["sum", "show"]);
});

test("the cache goes back to a parameter's old value only when its outputs are still there", async () => {
  const { run, shelf } = project(["scaled", "total", "page"]);
  await run(chain());
  await run(chain(), { parameters: { k: 5 } });
  expect(await run(chain())).toEqual(ALL);
  expect(shelf.get("total")).toBe(6);
});

test("the cache never leaves out a node without inputs, without outputs, or with a function that has no text", async () => {
  let shown = 0;
  const made = pipeline([
    node({ name: "now", func: () => 1, inputs: null, outputs: "time" }),
    node({ name: "log", func: () => void shown++, inputs: "raw", outputs: null }),
    node({ name: "bound", func: sum.bind(null), inputs: "raw", outputs: "total" }),
  ]);
  const { run } = project(["time", "total"]);
  for (let i = 0; i < 2; i++) expect(await run(made)).toEqual(["bound", "log", "now"]);
  expect(shown).toBe(2);
});

test("the cache has a node run whose input cannot be hashed", async () => {
  const { run, shelf } = project(["page"]);
  shelf.delete("raw");
  const made = pipeline([node({ name: "n", func: () => 1, inputs: "raw", outputs: "page" })]);
  for (let i = 0; i < 2; i++) expect(await run(made)).toEqual(["n"]);
});

test("a node that failed does not count as unchanged, even with an older record", async () => {
  const { run, shelf, records } = project(["scaled", "total", "page"]);
  await run(chain());
  const before = records.get("sum");
  const failing = () => {
    throw new Error("no");
  };
  await expect(run(chain({ sum: { func: failing } }))).rejects.toThrow('Node "sum" failed: no');
  expect(records.get("sum")).toEqual(before!);
  shelf.set("raw", [9]);
  await expect(run(chain({ sum: { func: failing } }))).rejects.toThrow("no");
  expect(await run(chain())).toEqual(["sum", "show"]);
  expect(shelf.get("page")).toEqual({ text: "18" });
});

test("a slice and the whole pipeline share what the cache knows of saved datasets", async () => {
  const { run } = project(["scaled", "total", "page"]);
  await run(chain());
  expect(await run(chain().fromNodes("sum"))).toEqual([]);
});

test("content that changes while a node is loading it is seen by the next run", async () => {
  const { run, shelf } = project(["total"]);
  const made = pipeline([
    node({
      name: "n",
      func: (raw: number[]) => {
        shelf.set("raw", [100]);
        return sum(raw);
      },
      inputs: "raw",
      outputs: "total",
    }),
  ]);
  expect(await run(made)).toEqual(["n"]);
  expect(await run(made)).toEqual(["n"]);
  expect(shelf.get("total")).toBe(100);
  expect(await run(made)).toEqual([]);
});

const parity = (raw: number[]) => raw.length % 2;
const describe = (odd: number) => ({ odd });
const both = (odd: number, raw: number[]) => [odd, raw.length];

/** raw -> parity -> described -> page; parity says little of raw. */
const lossy = () =>
  pipeline([
    node({ name: "parity", func: parity, inputs: "raw", outputs: "odd" }),
    node({ name: "describe", func: describe, inputs: "odd", outputs: "described" }),
    node({ name: "show", func: (value: object) => ({ ...value }), inputs: "described", outputs: "page" }),
  ]);

test.each([
  ["saved", ["odd", "described", "page"]],
  ["held in memory after it", ["odd", "page"]],
])(
  "a node with the same outputs as before does not invalidate those after it, when values are %s",
  async (_, kept) => {
    const { run, shelf, reasons } = project(kept);
    expect(await run(lossy())).toEqual(["parity", "describe", "show"]);
    shelf.set("raw", [3, 4, 5, 6]);
    expect(await run(lossy())).toEqual(["parity"]);
    expect(reasons[0]).toBe("describe: inputs rebuilt but unchanged (odd)");
    expect(reasons).toHaveLength(2);
    expect(await run(lossy())).toEqual([]);
    shelf.set("raw", [3]);
    expect(await run(lossy())).toEqual(["parity", "describe", "show"]);
    expect(shelf.get("page")).toEqual({ odd: 1 });
  },
);

test("a node is run again for a reader that needs what it holds in memory, same inputs or not", async () => {
  const { run, shelf } = project(["odd", "page"]);
  const made = () =>
    pipeline([
      node({ name: "parity", func: parity, inputs: "raw", outputs: "odd" }),
      node({ name: "describe", func: describe, inputs: "odd", outputs: "described" }),
      node({ name: "show", func: both, inputs: ["described", "raw"], outputs: "page" }),
    ]);
  await run(made());
  shelf.set("raw", [1, 2, 3, 4]);
  expect(await run(made())).toEqual(["parity", "describe", "show"]);
  expect(shelf.get("page")).toEqual([{ odd: 0 }, 4]);
});

test("the cache's decisions during a run apply to nodes that were rebuilt since the plan", async () => {
  const { run, shelf } = project(["page"]);
  await run(lossy());
  shelf.delete("page");
  // The same nodes, other objects: the reader of their outputs in memory must be found anyway.
  expect(await run(lossy(), { toRun: lossy() })).toEqual(["parity", "describe", "show"]);
});

test("a deleted output is rebuilt, even though the inputs of its node are unchanged", async () => {
  const { run, shelf } = project(["odd", "described", "page"]);
  await run(lossy());
  shelf.set("raw", [1, 2, 3, 4]);
  shelf.delete("page");
  expect(await run(lossy())).toEqual(["parity", "show"]);
});

test("concurrent nodes are skipped in the same way as sequential ones", async () => {
  const { run, shelf } = project(["odd", "described", "page"]);
  await run(lossy());
  shelf.set("raw", [1, 2, 3, 4]);
  expect(await run(lossy(), { runner: new ParallelRunner() })).toEqual(["parity"]);
});

test("a generator's outputs are unchanged by their last content, and recorded once all is saved", async () => {
  const { run, shelf, records } = project(["last"]);
  const made = () =>
    pipeline([
      node({
        name: "each",
        func: function* (raw: number[]) {
          yield* raw;
        },
        inputs: "raw",
        outputs: "last",
      }),
    ]);
  expect(await run(made())).toEqual(["each"]);
  expect([shelf.get("last"), records.get("each")?.outputs.last]).toEqual([2, "2"]);
  expect(await run(made())).toEqual([]);
});

test("another form of a dataset is new content when the form that was saved is", async () => {
  const { run, shelf } = project(["odd@a", "odd@b", "page"]);
  // Both forms of a real dataset are in one place.
  const save = (raw: number[]) => {
    shelf.set("odd@b", raw.length);
    return raw.length;
  };
  const made = () =>
    pipeline([
      node({ name: "save", func: save, inputs: "raw", outputs: "odd@a" }),
      node({ name: "show", func: (odd: number) => [odd], inputs: "odd@b", outputs: "page" }),
    ]);
  expect(await run(made())).toEqual(["save", "show"]);
  expect(await run(made())).toEqual([]);
  shelf.set("raw", [1, 2, 3]);
  expect(await run(made())).toEqual(["save", "show"]);
  expect(shelf.get("page")).toEqual([3]);
  shelf.set("raw", [7, 8, 9]);
  expect(await run(made())).toEqual(["save"]);
});
