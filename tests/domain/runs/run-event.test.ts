import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  decodeRunEvent,
  encodeRunEvent,
  endOfRun,
  endsRun,
  type RunEventBody,
} from "../../../src/domain/runs/run-event.ts";
import { saying } from "../../../src/lib/saying.ts";

const GATE = {
  passed: false,
  checks: [
    {
      name: "threshold",
      passed: true,
      detail: "99 %",
      says: { key: "threshold", figures: { n: 10, label: "7" } },
    },
    { name: "holdout", passed: false, detail: "worse" },
  ],
};

/** One of every type, and those whose fields may be null with and without them. */
const EVENTS: RunEventBody[] = [
  { type: "run_started", pipeline: "tuning", nodes: ["a", "b"] },
  { type: "node_started", node: "a", index: 1, count: 2 },
  { type: "node_started", node: "a", index: null, count: null },
  { type: "node_done", node: "a", durationMs: 12 },
  { type: "node_done", node: "a", durationMs: null },
  { type: "node_skipped", node: "b", cause: "unchanged", reason: "as before" },
  { type: "node_skipped", node: "b", cause: null, reason: "as before" },
  { type: "node_failed", node: "b", error: "no ink", isCancelled: false },
  { type: "node_failed", node: "b", error: "aborted", isCancelled: true },
  { type: "node_failed", node: "b", error: "no ink", isCancelled: false, says: saying("noInk") },
  {
    ...{ type: "node_failed", node: "b", error: "no ink", isCancelled: false },
    thrown: [
      {
        ...{ name: "TypeError", message: "no ink" },
        frames: [{ call: "f", file: "a.ts", line: 1, column: null }],
      },
    ],
  },
  { type: "progress", node: "a", data: { epoch: 1, anything: [1, { else: null }] } },
  { type: "log", node: "a", message: "two\nlines" },
  { type: "log", node: "a", message: "3 images", says: saying("images", { n: 3, of: "MNIST" }) },
  { type: "gate", node: "judge", gate: GATE, modelVersion: 2, isPromoted: true },
  { type: "gate", node: null, gate: { passed: true, checks: [] }, modelVersion: null, isPromoted: false },
  { type: "promoted", version: 3 },
  { type: "run_done", modelVersion: 3, isPromoted: true },
  { type: "run_done", modelVersion: null, isPromoted: false },
  { type: "run_failed", error: "no ink" },
  { type: "run_failed", error: null },
  { type: "run_failed", error: "b: no ink", says: saying("node", { node: "b", reason: saying("noInk") }) },
  { type: "run_cancelled", error: "Cancelled", says: saying("cancelled") },
  { type: "run_cancelled", error: null },
  { type: "unknown", name: "shadow_started", node: "x", data: { of: 7 } },
];

test.each(EVENTS.map((event) => [event.type, event] as const))(
  "decodeRunEvent() gives back the %s that encodeRunEvent() wrote, through JSON",
  (_, event) => {
    expect(decodeRunEvent(JSON.parse(JSON.stringify(encodeRunEvent(event))))).toEqual(event);
  },
);

test("encodeRunEvent() writes the stored form: snake_case, the node separately, no field that is null", () => {
  expect(EVENTS.slice(0, 8).map(encodeRunEvent)).toEqual([
    { type: "run_started", node: null, data: { pipeline: "tuning", nodes: ["a", "b"] } },
    { type: "node_started", node: "a", data: { index: 1, count: 2 } },
    { type: "node_started", node: "a", data: {} },
    { type: "node_done", node: "a", data: { duration_ms: 12 } },
    { type: "node_done", node: "a", data: {} },
    { type: "node_skipped", node: "b", data: { cause: "unchanged", reason: "as before" } },
    { type: "node_skipped", node: "b", data: { reason: "as before" } },
    { type: "node_failed", node: "b", data: { error: "no ink" } },
  ]);
  expect(encodeRunEvent(EVENTS.find(({ type }) => type === "gate")!).data).toEqual({
    ...GATE,
    model_version: 2,
    promoted: true,
  });
});

test("decodeRunEvent() reads what an older release did not record as null, false or empty", () => {
  const read = (type: string, node: string | null, data = {}) => decodeRunEvent({ type, node, data });
  expect(read("node_done", "a")).toEqual({ type: "node_done", node: "a", durationMs: null });
  expect(read("node_failed", "a")).toEqual({ type: "node_failed", node: "a", error: "", isCancelled: false });
  expect(read("run_done", null)).toEqual({ type: "run_done", modelVersion: null, isPromoted: false });
  expect(read("gate", null, { passed: true, checks: [{ name: "a" }] })).toEqual({
    ...{ type: "gate", node: null, modelVersion: null, isPromoted: false },
    gate: { passed: true, checks: [{ name: "a", passed: false, detail: "" }] },
  });
});

test("decodeRunEvent() reads an event whose saying it cannot read without it", () => {
  for (const says of [
    "noInk",
    { key: 3, figures: {} },
    { key: "noInk" },
    { key: "a", figures: { n: [1] } },
    null,
  ]) {
    const decoded = decodeRunEvent({ type: "log", node: "a", data: { message: "no ink", says } });
    expect(decoded).toEqual({ type: "log", node: "a", message: "no ink" });
  }
});

test("decodeRunEvent() passes on as unknown what it cannot read, and encodeRunEvent() writes it as it was", () => {
  for (const event of [
    { type: "brand_new_type", node: null, data: { of: "a newer release" } },
    { type: "run_started", node: null, data: { nodes: "all" } },
    { type: "node_done", node: null, data: { duration_ms: 3 } },
    { type: "gate", node: null, data: { passed: "yes", checks: [] } },
    { type: "promoted", node: null, data: { version: null } },
  ]) {
    const decoded = decodeRunEvent(event);
    expect(decoded).toEqual({ type: "unknown", name: event.type, node: event.node, data: event.data });
    expect(encodeRunEvent(decoded)).toEqual(event);
  }
});

test("decodeRunEvent() never throws, and what it reads is read the same again, for any type, node and data", () => {
  const types = fc.constantFrom(...new Set(EVENTS.map(({ type }) => type)), "__proto__", "");
  const keys = ["nodes", "error", "checks", "passed", "version", "cause", "duration_ms", "message", "says"];
  const data = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(types, fc.option(fc.string()), data, (type, node, fields) => {
      const once = decodeRunEvent({ type, node, data: fields });
      expect(decodeRunEvent(encodeRunEvent(once))).toEqual(once);
    }),
    { seed: 8, numRuns: 2_000 },
  );
});

test("endsRun() is true for the three events that end a run, which endOfRun() returns", () => {
  const ends = EVENTS.filter(endsRun).map(({ type }) => type);
  expect(new Set(ends)).toEqual(new Set(["run_done", "run_failed", "run_cancelled"]));
  expect((["done", "failed", "cancelled"] as const).map((status) => endOfRun(status, "why"))).toEqual([
    { type: "run_done", modelVersion: null, isPromoted: false },
    { type: "run_failed", error: "why" },
    { type: "run_cancelled", error: "why" },
  ]);
});
