import { describe, expect, test } from "bun:test";
import type { RunDetails, RunNodeRecord } from "../../../src/domain/runs/run.ts";
import { NotFoundError } from "../../../src/lib/errors.ts";
import { newRun, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const AT = "2026-01-02T03:04:05.000Z";

const DETAILS: RunDetails = {
  env: "local",
  slice: { fromNodes: ["fine_tune"], tags: ["training", "data"] },
  parameters: { epochs: 3, gate: { threshold: 0.98 }, tuning_layer: ["dense", -1] },
  runner: "SequentialRunner",
  dataVersion: "2026-01-02T03.04.05.000Z",
  resumedFrom: null,
  causes: [],
};

function record(node: string, position: number, change: Partial<RunNodeRecord> = {}): RunNodeRecord {
  return {
    node,
    position,
    status: "running",
    startedAt: AT,
    finishedAt: null,
    durationMs: null,
    reason: null,
    inputs: [{ name: "app_data", fingerprint: "abc", version: null, type: "images", shape: [12, 28, 28] }],
    outputs: [],
    ...change,
  };
}

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("details() gives back what putDetails() stored, and what a second call put in its place", async () => {
      const { runs } = await open();
      await runs.create(newRun("r1"));
      expect(await runs.details("r1")).toBeNull();
      await runs.putDetails("r1", DETAILS);
      expect(await runs.details("r1")).toEqual(DETAILS);
      const stack = "TypeError: bad shape\n    at f";
      const frames = [{ call: "f", file: "src/pipelines/ink/nodes.ts", line: 3, column: null }];
      const causes = [{ node: "n", name: "TypeError", message: "bad shape", frames, stack }];
      const failed = { ...DETAILS, env: null, resumedFrom: "r0", causes };
      await runs.putDetails("r1", failed);
      expect(await runs.details("r1")).toEqual(failed);
    });

    test("nodes() gives the records of one run in the pipeline's order, each as it was put last", async () => {
      const { runs } = await open();
      for (const id of ["r1", "r2"]) await runs.create(newRun(id));
      await runs.putNode("r1", record("train", 2));
      await runs.putNode("r1", record("split", 1));
      await runs.putNode("r2", record("split", 1));
      const done = record("split", 1, { status: "done", finishedAt: AT, durationMs: 12.5 });
      await runs.putNode("r1", done);
      expect(await runs.nodes("r1")).toEqual([done, record("train", 2)]);
    });

    test("putDetails() and putNode() throw NotFoundError when there is no such run", async () => {
      const { runs } = await open();
      expect(await rejectionOf(runs.putDetails("none", DETAILS))).toBeInstanceOf(NotFoundError);
      expect(await rejectionOf(runs.putNode("none", record("n", 1)))).toBeInstanceOf(NotFoundError);
    });

    test("nodeCache keeps the newest record of each node", async () => {
      const { nodeCache } = await open();
      expect(await nodeCache.get("train")).toBeNull();
      await nodeCache.put({ node: "train", key: "k1", outputs: { model: "h1" } });
      await nodeCache.put({ node: "split", key: "k0", outputs: {} });
      await nodeCache.put({ node: "train", key: "k2", outputs: { model: "h2", report: "h3" } });
      expect(await nodeCache.get("train")).toEqual({
        node: "train",
        key: "k2",
        outputs: { model: "h2", report: "h3" },
      });
      expect(await nodeCache.get("split")).toEqual({ node: "split", key: "k0", outputs: {} });
    });
  });
}
