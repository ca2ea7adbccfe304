import { expect, test } from "bun:test";
import { Fingerprints } from "../../src/engine/fingerprints.ts";
import { node } from "../../src/engine/node.ts";
import { CachedRun, type NodeCache, type NodeRecord } from "../../src/engine/node-cache.ts";
import { type Pipeline, pipeline } from "../../src/engine/pipeline.ts";
import { SequentialRunner } from "../../src/engine/sequential-runner.ts";
import type { NodeSpec } from "../../src/engine/types.ts";
import { catalogOf, runOn, type Shelf } from "./run-setup.ts";

/** A project: what outlives its runs. `run` gives the names of the nodes that ran. */
function project(kept: string[]) {
  const records = new Map<string, NodeRecord>();
  const cache: NodeCache = {
    get: async (name) => records.get(name) ?? null,
    put: async (record) => void records.set(record.node, record),
  };
  const shelf: Shelf = new Map<string, unknown>([["raw", [1, 2]]]);
  return {
    shelf,
    records,
    async run(made: Pipeline, { parameters = { k: 2 } as Record<string, unknown>, program = "v1" } = {}) {
      const catalog = catalogOf(["raw", ...kept], shelf, parameters);
      const fingerprints = new Fingerprints(catalog);
      const cached = new CachedRun({ pipeline: made, catalog, fingerprints, cache, program });
      const skips = await cached.skips();
      const hooks = [fingerprints.hooks, cached.hooks()];
      await runOn(new SequentialRunner(), made, catalog, { hooks, skips });
      return made.nodes.map(({ name }) => name).filter((name) => !skips.has(name));
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
])("the cache leaves everything out when nothing has changed and values are %s", async (_, kept) => {
  const { run } = project(kept);
  expect(await run(chain())).toEqual(ALL);
  expect(await run(chain())).toEqual([]);
  expect(await run(chain())).toEqual([]);
});

test("the cache says why it leaves a node out", async () => {
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
  expect(skips.get("sum")).toEqual({ cause: "unchanged", reason: "inputs, params, code unchanged" });
});

test.each<[string, (shelf: Shelf) => void, object, string[]]>([
  ["an input's content", (shelf) => shelf.set("raw", [1, 3]), {}, ALL],
  ["a parameter", () => {}, { parameters: { k: 3 } }, ALL],
  ["the program", () => {}, { program: "v2" }, ALL],
  ["an output, by somebody else,", (shelf) => shelf.set("total", 7), {}, ["sum", "show"]],
  ["an output, which is gone,", (shelf) => shelf.delete("page"), {}, ["show"]],
  ["a parameter that no node reads", () => {}, { parameters: { k: 2, other: 1 } }, []],
  ["the order of a parameter's keys", () => {}, { parameters: { other: 1, k: 2 } }, []],
])("after a change of %s the cache has all that depends on it run", async (_, change, more, expected) => {
  const { run, shelf } = project(["scaled", "total", "page"]);
  await run(chain());
  change(shelf);
  expect(await run(chain(), more)).toEqual(expected);
  expect(await run(chain(), more)).toEqual([]);
});

test.each<[string, Parameters<typeof chain>[0], string[]]>([
  ["the text of a function", { sum: { func: (values: number[]) => values.length } }, ["sum", "show"]],
  ["a version", { sum: { version: "2" } }, ["sum", "show"]],
  ["tags alone", { sum: { tags: "slow" } }, []],
])("after a change of %s the cache has the node and what depends on it run", async (_, change, expected) => {
  const { run } = project(["scaled", "total", "page"]);
  await run(chain());
  expect(await run(chain(change))).toEqual(expected);
});

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

test("a node that failed is not taken for unchanged, though an older record of it is there", async () => {
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
