import { expect, test } from "bun:test";
import { framesOf } from "../../src/graph/frames.ts";
import { standingAfter, standingOf } from "../../src/graph/standing.ts";
import { storedEvent } from "../support/run-events.ts";

const START = Date.parse("2026-01-02T03:04:05.000Z");
function event(afterMs: number, type: string, node: string | null, data: Record<string, unknown> = {}) {
  return storedEvent(type, node, data, { at: new Date(START + afterMs).toISOString() });
}
const RUN = [
  event(0, "run_started", null, { nodes: ["a", "b", "c", "d"] }),
  event(10, "node_started", "a"),
  event(20, "log", "a", { message: "no frame" }),
  event(30, "node_done", "a", { duration_ms: 20 }),
  event(40, "node_skipped", "b", { reason: "inputs, params, catalog, code unchanged" }),
  event(50, "node_started", "c"),
  event(60, "progress", "c", { epoch: 2, epochs: 4, step: 5, steps: 10 }),
  event(90, "node_failed", "c", { error: "no data" }),
  event(95, "run_failed", null),
];
const states = (count: number | null) =>
  [...standingAfter(framesOf(RUN), ["a", "b", "c", "d"], count).nodes.values()].map(({ state }) => state);

test("standingAfter() follows nodes from pending through running to done, skipped and failed", () => {
  expect(states(0)).toEqual(["pending", "pending", "pending", "pending"]);
  expect(states(2)).toEqual(["running", "pending", "pending", "pending"]);
  expect(states(4)).toEqual(["done", "skipped", "pending", "pending"]);
  expect(states(null)).toEqual(["done", "skipped", "failed", "pending"]);
});

test("standingAfter() has progress, reason and duration", () => {
  const { nodes } = standingAfter(framesOf(RUN).slice(0, 6), []);
  expect(nodes.get("c")).toEqual({ state: "running", progress: 0.375, note: "2/4", durationMs: null });
  const end = standingAfter(framesOf(RUN), []);
  expect(end.status).toBe("failed");
  expect(end.nodes.get("a")?.durationMs).toBe(20);
  expect(end.nodes.get("b")?.note).toBe("inputs, params, catalog, code unchanged");
  expect(end.nodes.get("c")?.note).toBe("no data");
});

test("standingAfter() marks what was running when a run was cancelled or died", () => {
  for (const [type, state] of [
    ["run_cancelled", "cancelled"],
    ["run_failed", "failed"],
  ] as const) {
    const events = [
      event(0, "run_started", null, { nodes: ["a", "b"] }),
      event(1, "node_started", "a"),
      event(2, type, null),
    ];
    const { nodes } = standingAfter(framesOf(events), []);
    expect([nodes.get("a")?.state, nodes.get("b")?.state]).toEqual([state, "pending"]);
  }
});

test("framesOf() counts from the run's first event and thins progress out", () => {
  const many = [
    RUN[0]!,
    ...Array.from({ length: 2000 }, (_, i) => event(i, "progress", "a", { progress: i / 2000 })),
    event(2001, "node_done", "a"),
  ];
  const frames = framesOf(many);
  expect(frames.length).toBeLessThan(305);
  expect(frames.at(-1)).toMatchObject({ atMs: 2001, type: "done" });
});

test("framesOf() ignores fields that are missing or of the wrong type", () => {
  const frames = framesOf([
    event(0, "run_started", null, { nodes: "all" }),
    event(1, "progress", "a", { epoch: "x", total: 0, done: 1 }),
    event(2, "node_done", null, { duration_ms: "long" }),
  ]);
  expect(standingAfter(frames, []).nodes.get("a")).toMatchObject({ state: "running", progress: null });
});

test("standingOf() combines several nodes: the worst state first, then the running one", () => {
  const at = (count: number, names: string[]) =>
    standingOf(names, standingAfter(framesOf(RUN), ["a", "b", "c", "d"], count));
  expect(at(2, ["a", "b"])).toMatchObject({ state: "running", note: "0/2" });
  expect(at(3, ["a", "b"])).toMatchObject({ state: "running", progress: 0.5, note: "1/2" });
  expect(at(4, ["a", "b"])).toMatchObject({ state: "done", durationMs: 20 });
  expect(at(7, ["a", "b", "c"])).toMatchObject({ state: "failed" });
  expect(at(7, ["elsewhere"])).toBeNull();
});

test("standingAfter() shows a node that a cancelled run stopped as cancelled, not as failed", () => {
  const frames = framesOf([
    event(0, "run_started", null, { nodes: ["a", "b"] }),
    event(0, "node_started", "a"),
    event(0, "node_failed", "a", { error: "aborted", cancelled: true }),
    event(0, "run_cancelled", null),
  ]);
  const { status, nodes } = standingAfter(frames, []);
  expect([status, nodes.get("a")?.state, nodes.get("b")?.state]).toEqual([
    "cancelled",
    "cancelled",
    "pending",
  ]);
});
