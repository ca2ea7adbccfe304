import { describe, expect, test } from "bun:test";
import { decodeMetrics, NO_METRICS } from "../../../src/domain/metrics.ts";
import { ConflictError, NotFoundError } from "../../../src/lib/errors.ts";
import { storedEvent } from "../../support/run-events.ts";
import { FakeClock, newRun, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const AT = "2026-01-02T03:04:05.000Z";

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("countByStatus() counts the runs of each status that there is", async () => {
      const store = await open();
      expect(await store.runs.countByStatus()).toEqual({});
      for (const id of ["r1", "r2", "r3"]) await store.runs.create(newRun(id));
      await store.runs.update("r2", { status: "done" });
      expect(await store.runs.countByStatus()).toEqual({ queued: 2, done: 1 });
    });

    test("create() stores a queued run that get() gives back with its parameters", async () => {
      const store = await open();
      const params = { tuning_epochs: 2, "augmentation.rotate_deg": 0.1, tuning_layer: ["dense", -1] };
      const run = await store.runs.create(newRun("r1", { params }));
      expect(run).toMatchObject({
        id: "r1",
        status: "queued",
        createdAt: AT,
        params,
        pid: null,
        metrics: NO_METRICS,
        versions: {},
      });
      expect(await store.runs.get("r1")).toEqual(run);
      expect(await store.runs.get("r2")).toBeNull();
    });

    test("create() throws ConflictError when the id is taken", async () => {
      const store = await open();
      await store.runs.create(newRun("r1"));
      expect(await rejectionOf(store.runs.create(newRun("r1")))).toBeInstanceOf(ConflictError);
    });

    test("update() changes what is given, keeps the rest and can set a field back to null", async () => {
      const store = await open();
      await store.runs.create(newRun("r1"));
      await store.runs.update("r1", { status: "running", startedAt: AT, pid: 42, seed: 7, threads: 2 });
      const metrics = decodeMetrics({ mnist_test: { n: 10_000, accuracy: 0.9912 }, promoted: true });
      const run = await store.runs.update("r1", {
        status: "done",
        pid: null,
        metrics,
        versions: { tegaki: "0.1.0" },
        modelVersion: 3,
      });
      expect(run).toMatchObject({
        status: "done",
        startedAt: AT,
        pid: null,
        seed: 7,
        threads: 2,
        metrics,
        modelVersion: 3,
      });
      expect(run.versions).toEqual({ tegaki: "0.1.0" });
      expect(await store.runs.update("r1", {})).toEqual(run);
    });

    test("update() throws NotFoundError when there is no such run", async () => {
      const store = await open();
      expect(await rejectionOf(store.runs.update("r1", { pid: 1 }))).toBeInstanceOf(NotFoundError);
    });

    test("list() gives runs in the order they were made, newest first, though the clock was set back", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      for (const id of ["b", "c", "a", "d"]) {
        await store.runs.create(newRun(id, { pipeline: id === "c" ? "ds" : "tuning" }));
        clock.timeMs -= 3_600_000;
      }
      const first = await store.runs.list({ limit: 3 });
      expect(first.runs.map(({ id }) => id)).toEqual(["d", "a", "c"]);
      const second = await store.runs.list({ limit: 3, cursor: first.nextCursor! });
      expect(second.runs.map(({ id }) => id)).toEqual(["b"]);
      expect(second.nextCursor).toBeNull();
      await store.runs.update("b", { status: "done" });
      expect(
        (await store.runs.list({ status: "queued", pipeline: "tuning" })).runs.map(({ id }) => id),
      ).toEqual(["d", "a"]);
      expect(await rejectionOf(store.runs.list({ cursor: "x" }))).toBeInstanceOf(NotFoundError);
    });

    test("eventsAfter() gives events of one run or of all, in order, from where the caller was", async () => {
      const store = await open();
      await store.runs.create(newRun("r1"));
      await store.runs.create(newRun("r2"));
      expect(await store.runs.latestEventSeq()).toBe(0);
      const event = (runId: string, type: string) =>
        storedEvent(type, "train", { nodes: [], step: 1 }, { runId });
      const first = await store.runs.appendEvent(event("r1", "run_started"));
      await store.runs.appendEvent(event("r2", "run_started"));
      const third = await store.runs.appendEvent(event("r1", "progress"));
      expect(await store.runs.eventsAfter(0, { runId: "r1" })).toEqual([first, third]);
      expect((await store.runs.eventsAfter(first.seq)).map(({ runId }) => runId)).toEqual(["r2", "r1"]);
      expect(await store.runs.eventsAfter(0, { limit: 1 })).toEqual([first]);
      expect(await store.runs.latestEventSeq()).toBe(third.seq);
    });

    test("endEvent() gives the last event that ended a run, and null before there is one", async () => {
      const store = await open();
      await store.runs.create(newRun("r1"));
      const append = (type: string, error: string) =>
        store.runs.appendEvent(storedEvent(type, null, { error }, { runId: "r1" }));
      expect(await store.runs.endEvent("r1")).toBeNull();
      await append("run_failed", "no ink");
      const last = await append("run_cancelled", "Cancelled");
      await store.runs.appendEvent(storedEvent("log", "train", { message: "x" }, { runId: "r1" }));
      expect(await store.runs.endEvent("r1")).toEqual(last);
      expect(await store.runs.endEvent("none")).toBeNull();
    });

    test("appendEvent() throws NotFoundError when there is no such run", async () => {
      const store = await open();
      const event = storedEvent("log", "train", {}, { runId: "none" });
      expect(await rejectionOf(store.runs.appendEvent(event))).toBeInstanceOf(NotFoundError);
    });
  });
}
