import { expect, test } from "bun:test";
import { join } from "node:path";
import type { NewRunEvent } from "../../src/domain/runs/run-event.ts";
import type { Store } from "../../src/domain/store.ts";
import { eventHooks } from "../../src/runs/event-hooks.ts";
import { RunFailures } from "../../src/runs/run-failures.ts";
import { lineOf } from "../support/run-events.ts";
import { steppingClock } from "../support/stepping-clock.ts";

const failures = await RunFailures.create({
  // Not the folder of this file: the test's own calls are not those of a project.
  project: { dir: join(import.meta.dir, "caches"), credentials: {} },
  definitionOf: async () => null,
});

/** Hooks of a run of two nodes whose events are kept, as lines; `wait` lets time pass. */
function listening() {
  const events: NewRunEvent[] = [];
  const runs = { appendEvent: async (event: NewRunEvent) => void events.push(event) };
  let nowMs = 0;
  const cancel = new AbortController();
  const store = { runs } as unknown as Store;
  const hooks = eventHooks(store, "r1", steppingClock(), cancel.signal, failures, () => nowMs);
  const runParams = { runId: "r1", pipeline: "p", env: null, parameters: {}, seed: 1 };
  return {
    hooks,
    events,
    cancel: () => cancel.abort(),
    lines: () => events.map(lineOf),
    begin: () => hooks.before_pipeline_run!({ runParams, nodes: ["a", "b"] }),
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

test("eventHooks() stores progress at most every 250 ms per node, the ends of epochs always, and the last report", async () => {
  const { hooks, lines, begin, wait } = listening();
  await begin();
  const say = (node: string, data: Record<string, unknown>) => hooks.on_node_progress!({ node, data });
  await say("a", { step: 1 });
  await say("a", { step: 2 });
  await say("b", { step: 7 });
  wait(250);
  await say("a", { step: 3 });
  await say("a", { step: 4, val_accuracy: 0.9 });
  await say("a", { step: 5 });
  await say("b", { step: 8 });
  await hooks.after_node_run!({ node: "a", inputs: {}, outputs: {}, durationMs: 12.4 });
  expect(lines()).toEqual([
    'run_started null {"pipeline":"p","nodes":["a","b"]}',
    'progress a {"step":1}',
    'progress b {"step":7}',
    'progress a {"step":3}',
    'progress a {"step":4,"val_accuracy":0.9}',
    'progress b {"step":8}',
    'progress a {"step":5}',
    'node_done a {"duration_ms":12}',
  ]);
});

test("eventHooks() stores the last progress before a failure, and why a node is skipped", async () => {
  const { hooks, lines, begin } = listening();
  await begin();
  await hooks.before_node_run!({ node: "b", inputs: {} });
  await hooks.on_node_progress!({ node: "b", data: { step: 1 } });
  await hooks.on_node_progress!({ node: "b", data: { step: 2 } });
  await hooks.on_node_error!({ node: "b", error: new Error("no\n  way") });
  await hooks.on_node_skipped!({ node: "a", cause: "unchanged", reason: "as before" });
  expect(lines().slice(1)).toEqual([
    'node_started b {"index":2,"count":2}',
    'progress b {"step":1}',
    'progress b {"step":2}',
    'node_failed b {"error":"no way"}',
    'node_skipped a {"reason":"as before","cause":"unchanged"}',
  ]);
});

test("eventHooks() reports a node that ends because the run is cancelled as cancelled", async () => {
  const { hooks, lines, begin, cancel } = listening();
  await begin();
  cancel();
  await hooks.on_node_error!({ node: "a", error: new Error("stopped") });
  expect(lines().at(-1)).toBe('node_failed a {"error":"stopped","cancelled":true}');
});
