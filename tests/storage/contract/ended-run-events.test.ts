import { describe, expect, test } from "bun:test";
import { type EncodedRunEvent, encodeRunEvent } from "../../../src/domain/runs/run-event.ts";
import type { Store } from "../../../src/domain/store.ts";
import { KEPT_LOGS, KEPT_PROGRESS, RUNS_WITH_PROGRESS } from "../../../src/storage/tables/event-retention.ts";
import { storedEvent } from "../../support/run-events.ts";
import { newRun } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const AT = "2026-01-02T03:04:05.000Z";
const STEPS = 400;

async function add(store: Store, runId: string, type: string, data: Record<string, unknown> = {}) {
  const node = type.startsWith("run_") ? null : "train";
  await store.runs.appendEvent(storedEvent(type, node, data, { runId, at: AT }));
}

/** Three epochs of 400 steps, as training tells them. */
async function train(store: Store, runId: string) {
  await add(store, runId, "run_started", { nodes: ["train"] });
  await add(store, runId, "node_started");
  for (let epoch = 1; epoch <= 3; epoch++) {
    for (let step = 1; step <= STEPS; step++) {
      const val_accuracy = step === STEPS && epoch < 3 ? 0.9 : null;
      await add(store, runId, "progress", { epoch, epochs: 3, step, steps: STEPS, val_accuracy });
    }
  }
  await add(store, runId, "node_done", { duration_ms: 5 });
}

const eventsOf = async (store: Store, runId: string) =>
  (await store.runs.eventsAfter(0, { runId, limit: 10_000 })).map(encodeRunEvent);
const ofType = (events: EncodedRunEvent[], type: string) => events.filter((event) => event.type === type);

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("update() to an ended status thins progress within epochs, and keeps course and ends of epochs", async () => {
      const store = await open();
      for (const id of ["r1", "other"]) {
        await store.runs.create(newRun(id));
        await train(store, id);
      }
      const before = await eventsOf(store, "r1");
      await store.runs.update("r1", { status: "running" });
      expect(await eventsOf(store, "r1")).toEqual(before);

      await store.runs.update("r1", { status: "done" });
      await add(store, "r1", "run_done");
      const after = await eventsOf(store, "r1");
      expect(after.filter(({ type }) => type !== "progress").map(({ type }) => type)).toEqual([
        "run_started",
        "node_started",
        "node_done",
        "run_done",
      ]);
      const progress = ofType(after, "progress");
      expect(progress.filter(({ data }) => data.step === STEPS).map(({ data }) => data.epoch)).toEqual([
        1, 2, 3,
      ]);
      const within = progress.filter(({ data }) => data.step !== STEPS);
      expect(within.length).toBeGreaterThan(0.9 * KEPT_PROGRESS);
      expect(within.length).toBeLessThanOrEqual(KEPT_PROGRESS + 1);
      // Evenly: each epoch has a third of them, and the very last step that was told is there.
      for (const epoch of [1, 2, 3]) {
        const share = within.filter(({ data }) => data.epoch === epoch).length / within.length;
        expect(Math.abs(share - 1 / 3)).toBeLessThan(0.02);
      }
      expect(within.at(-1)!.data).toMatchObject({ epoch: 3, step: STEPS - 1 });
      expect(await eventsOf(store, "other")).toHaveLength(before.length);
    });

    test("update() to failed or cancelled keeps the newest lines of a long log", async () => {
      const store = await open();
      for (const status of ["failed", "cancelled"] as const) {
        await store.runs.create(newRun(status));
        for (let i = 0; i < KEPT_LOGS + 50; i++) await add(store, status, "log", { message: `line ${i}` });
        await store.runs.update(status, { status });
        const log = ofType(await eventsOf(store, status), "log");
        expect(log).toHaveLength(KEPT_LOGS);
        expect(log[0]!.data.message).toBe("line 50");
        expect(log.at(-1)!.data.message).toBe(`line ${KEPT_LOGS + 49}`);
      }
    });

    test("update() thins progress that says nothing of steps as well, and keeps the last word", async () => {
      const store = await open();
      await store.runs.create(newRun("r1"));
      for (let rows = 1; rows <= 1_000; rows++) await add(store, "r1", "progress", { rows });
      await store.runs.update("r1", { status: "done" });
      const after = await eventsOf(store, "r1");
      expect(after.length).toBeLessThanOrEqual(KEPT_PROGRESS + 1);
      expect(after.at(-1)!.data).toEqual({ rows: 1_000 });
    });

    test("update() leaves the few events of a short run unchanged", async () => {
      const store = await open();
      await store.runs.create(newRun("r1"));
      for (let step = 1; step <= 20; step++) await add(store, "r1", "progress", { step, steps: STEPS });
      await add(store, "r1", "log", { message: "hello" });
      const before = await eventsOf(store, "r1");
      await store.runs.update("r1", { status: "done" });
      expect(await eventsOf(store, "r1")).toEqual(before);
    });

    test("update() leaves only its course to a run that many others have followed", async () => {
      const store = await open();
      await store.runs.create(newRun("first"));
      for (const type of [
        "run_started",
        "node_started",
        "progress",
        "log",
        "node_done",
        "gate",
        "run_done",
      ]) {
        await add(store, "first", type);
      }
      await store.runs.update("first", { status: "done" });
      for (let i = 0; i < RUNS_WITH_PROGRESS; i++) {
        await store.runs.create(newRun(`next-${i}`));
        await store.runs.update(`next-${i}`, { status: "done" });
      }
      const types = (await eventsOf(store, "first")).map(({ type }) => type);
      expect(types).toEqual(["run_started", "node_started", "node_done", "gate", "run_done"]);
    });
  });
}
