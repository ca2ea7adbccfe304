import { describe, expect, test } from "bun:test";
import { node } from "../../../src/engine/pipeline/node.ts";
import { type Pipeline, pipeline } from "../../../src/engine/pipeline/pipeline.ts";
import { Fingerprints } from "../../../src/engine/run/fingerprints.ts";
import { skipExistingOutputs } from "../../../src/engine/run/missing-outputs.ts";
import { CachedRun, type NodeRecord } from "../../../src/engine/run/node-cache.ts";
import { ParallelRunner } from "../../../src/engine/run/parallel-runner.ts";
import { skipFinished } from "../../../src/engine/run/resume.ts";
import { SequentialRunner } from "../../../src/engine/run/sequential-runner.ts";
import { catalogOf, runOn, type Shelf } from "./run-setup.ts";

type Inputs = (i: number) => readonly string[];

/** Node i also reads the output of node i / 2. */
const halves: Inputs = (i) => (i < 2 ? [`d${i - 1}`] : [...new Set([`d${i - 1}`, `d${Math.floor(i / 2)}`])]);
const fan: Inputs = () => ["d0"];

/** Nodes n0, which reads `raw`, to n(size - 1). */
function build(size: number, inputsOf: Inputs, first: () => unknown = () => 1): Pipeline {
  const one = () => 1;
  return pipeline(
    Array.from({ length: size }, (_, i) =>
      node({
        func: i === 0 ? first : one,
        name: `n${i}`,
        inputs: i === 0 ? ["raw"] : [...inputsOf(i)],
        outputs: `d${i}`,
      }),
    ),
  );
}

/**
 * Runs twice: the second time with another n0 whose output is unchanged, so every other node is found unchanged just
 * before its turn. @returns nodes that ran the second time, and how often the cache was read for it.
 */
async function rerun(size: number, inputsOf: Inputs): Promise<{ ran: number; reads: number }> {
  const shelf: Shelf = new Map<string, unknown>([["raw", 1]]);
  const records = new Map<string, NodeRecord>();
  let reads = 0;
  const cache = {
    get: async (name: string) => {
      reads += 1;
      return records.get(name) ?? null;
    },
    put: async (record: NodeRecord) => void records.set(record.node, record),
  };
  let ran = 0;
  const run = async (made: Pipeline) => {
    const catalog = catalogOf(["raw", "d0", `d${size - 1}`], shelf);
    const fingerprints = new Fingerprints(catalog);
    const cached = new CachedRun({ pipeline: made, catalog, fingerprints, cache, program: "v1" });
    const skips = await cached.skips();
    const count = {
      before_node_run: () => {
        ran += 1;
      },
    };
    const hooks = [fingerprints.hooks, cached.hooks(), count];
    await runOn(new SequentialRunner(), made, catalog, {
      hooks,
      skips,
      skipNow: (one) => cached.skipNow(one),
    });
  };
  await run(build(size, inputsOf));
  [ran, reads] = [0, 0];
  await run(build(size, inputsOf, () => Number("1")));
  return { ran, reads };
}

describe.each([
  ["a chain in which node i also reads the output of node i / 2", halves],
  ["a fan", fan],
])("%s", (_, inputsOf) => {
  test("the cache is read at most three times a node, however many there are, when the first has changed", async () => {
    for (const size of [50, 100, 400]) {
      const { ran, reads } = await rerun(size, inputsOf);
      expect({ size, ran }).toEqual({ size, ran: 1 });
      expect(reads).toBeLessThanOrEqual(3 * size);
    }
  });

  test("5,000 nodes are built, sliced, planned and run", async () => {
    const size = 5_000;
    const made = build(size, inputsOf);
    expect(made.filter({ fromNodes: ["n0"], toOutputs: [`d${size - 1}`] }).nodes.length).toBeGreaterThan(1);
    expect(pipeline(made, { namespace: "again" }).nodes).toHaveLength(size);
    const shelf: Shelf = new Map<string, unknown>([["raw", 1]]);
    const catalog = catalogOf(["raw", `d${size - 1}`], shelf);
    expect((await skipExistingOutputs(made, catalog)).size).toBeLessThan(size);
    const nothing = { runId: "r", nodes: new Set([`n${size - 1}`]), isKept: () => false };
    expect((await skipFinished(made, nothing)).size).toBeLessThanOrEqual(1);
    await runOn(new ParallelRunner(), made, catalog);
    expect(shelf.get(`d${size - 1}`)).toBe(1);
  });

  test("a failure of the first of 5,000 nodes is reported for all that depend on it", async () => {
    const fail = () => {
      throw new Error("no ink");
    };
    const made = build(5_000, inputsOf, fail);
    const catalog = catalogOf(["raw"], new Map([["raw", 1]]));
    const run = runOn(new SequentialRunner(), made, catalog, { continueOnError: true });
    await expect(run).rejects.toThrow(/"n0" failed: no ink\n4999 nodes were not run/);
  });
});

test("a cycle of 5,000 nodes is an error that names it", () => {
  const size = 5_000;
  const nodes = Array.from({ length: size }, (_, i) =>
    node({ func: () => 1, name: `n${i}`, inputs: `d${(i + size - 1) % size}`, outputs: `d${i}` }),
  );
  expect(() => pipeline(nodes)).toThrow(/cycle: n\d+ -> n\d+/);
});
