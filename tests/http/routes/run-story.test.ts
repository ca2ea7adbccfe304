import { expect, test } from "bun:test";
import type { RunEvent } from "../../../src/domain/runs/run-event.ts";
import { addEvent, emptyStory } from "../../../src/http/routes/run-story.ts";
import { storedEvent } from "../../support/run-events.ts";

let seq = 0;
const event = (type: string, node: string | null, data: Record<string, unknown> = {}): RunEvent => ({
  seq: ++seq,
  ...storedEvent(type, node, data, { runId: "run-1" }),
});

function storyOf(...events: RunEvent[]) {
  const story = emptyStory();
  for (const each of events) addEvent(story, each);
  return story;
}

const progress = (epoch: number, step: number, more = {}) =>
  event("progress", "train", { epoch, epochs: 2, step, steps: 4, loss: 1 / (epoch * step), ...more });

test("addEvent() lists the nodes as waiting, then running, then done or failed", () => {
  const story = storyOf(
    event("run_started", null, { nodes: ["a", "b", "c"] }),
    event("node_started", "a"),
    event("node_done", "a", { duration_ms: 12 }),
    event("node_started", "b"),
    event("node_failed", "b"),
  );
  expect(story.nodes).toEqual([
    { name: "a", state: "done", durationMs: 12 },
    { name: "b", state: "failed", durationMs: null },
    { name: "c", state: "waiting", durationMs: null },
  ]);
});

test("addEvent() marks a node as skipped when it was unchanged, and leaves one after a failure waiting", () => {
  const story = storyOf(
    event("run_started", null, { nodes: ["a", "b"] }),
    event("node_skipped", "a", { cause: "unchanged", reason: "inputs, params, catalog, code unchanged" }),
    event("node_skipped", "b", { cause: "upstream_failed", reason: 'it needs the output of "a"' }),
  );
  expect(story.nodes.map(({ state }) => state)).toEqual(["skipped", "waiting"]);
});

test("addEvent() adds a node that was not announced", () => {
  expect(storyOf(event("node_started", "late")).nodes).toEqual([
    { name: "late", state: "running", durationMs: null },
  ]);
});

test("addEvent() keeps the mean loss of each epoch that has ended, and all losses of the current one", () => {
  const story = storyOf(
    progress(1, 2),
    progress(1, 4, {
      val_loss: 0.4,
      val_accuracy: 0.9,
      learning_rate: 0.002,
      samples_per_s: 300,
      best_epoch: 1,
    }),
    progress(2, 1),
    progress(2, 2),
  );
  expect(story.losses.map((point) => point.x)).toEqual([1, 1.25, 1.5]);
  expect(story.epochs).toEqual([
    { epoch: 1, loss: 0.25, valLoss: 0.4, valAccuracy: 0.9, learningRate: 0.002, samplesPerS: 300 },
  ]);
  expect(story.learningRates).toEqual([{ x: 1, y: 0.002 }]);
  expect(story.speeds).toEqual([{ x: 1, y: 300 }]);
  expect(story.bestEpoch).toBe(1);
  expect(story.training).toMatchObject({ epoch: 2, epochs: 2, progress: 0.75 });
});

test("addEvent() reads events of older runs: no rate, no validation loss, no best epoch", () => {
  const story = storyOf(progress(1, 4, { val_accuracy: 0.9 }));
  expect(story.epochs[0]).toEqual({
    epoch: 1,
    loss: 0.25,
    valLoss: null,
    valAccuracy: 0.9,
    learningRate: null,
    samplesPerS: null,
  });
  expect([story.learningRates, story.speeds, story.bestEpoch]).toEqual([[], [], null]);
});

test("addEvent() keeps at most 400 points, the newest among them", () => {
  const events = Array.from({ length: 3000 }, (_, i) =>
    event("progress", "train", { epoch: 1, epochs: 1, step: i + 1, steps: 3001, loss: i }),
  );
  const { losses } = storyOf(...events);
  expect(losses.length).toBeLessThanOrEqual(400);
  expect(losses.at(-1)!.y).toBe(2999);
});

test("addEvent() keeps the last 200 log lines", () => {
  const events = Array.from({ length: 250 }, (_, i) => event("log", "a", { message: `line ${i}` }));
  const { log } = storyOf(...events);
  expect([log.length, log[0]!.message, log.at(-1)!.message]).toEqual([200, "line 50", "line 249"]);
});

test("addEvent() keeps the gate's decision", () => {
  const gate = { passed: true, checks: [{ name: "a", passed: true, detail: "as good" }] };
  expect(storyOf(event("gate", null, gate)).gate).toEqual(gate);
});

test("addEvent() knows from the gate or from the server which version went live", () => {
  const gate = { passed: true, checks: [], model_version: 2, promoted: true };
  expect(storyOf(event("gate", null, gate)).promotedVersion).toBe(2);
  expect(storyOf(event("gate", null, { ...gate, promoted: false })).promotedVersion).toBeNull();
  expect(storyOf(event("promoted", null, { version: 3 })).promotedVersion).toBe(3);
});

test("addEvent() survives fields that are missing or of another kind", () => {
  const story = storyOf(
    event("run_started", null, { nodes: "all" }),
    event("progress", "a", { epoch: "one", steps: 0 }),
    event("gate", null, { passed: "yes" }),
    event("promoted", null, { version: null }),
    event("brand_new_type", null),
  );
  expect(story).toEqual({ ...emptyStory(), lastSeq: seq });
});
