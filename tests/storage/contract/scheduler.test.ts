import { describe, expect, test } from "bun:test";
import { type Actor, COMMAND_LINE, LOCAL, SCHEDULE } from "../../../src/domain/actor.ts";
import type { NewRequest } from "../../../src/domain/scheduler/request.ts";
import { ConflictError, NotFoundError } from "../../../src/lib/errors.ts";
import { saying } from "../../../src/lib/saying.ts";
import { MAX_REQUESTS } from "../../../src/storage/tables/scheduler/requests.ts";
import { MAX_TICKS } from "../../../src/storage/tables/scheduler/scheduler.ts";
import { FakeClock, newSample, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const NOW = new FakeClock().now().toISOString();
const VISITOR: Actor = { kind: "session", name: "3f2a" };

const RUN: NewRequest & { state: "pending"; runId: null } = {
  ...{ kind: "run", state: "pending", pipeline: "tuning", trigger: "cron", runId: null },
  ...{ modelVersion: null, expectedPrevious: null, reason: "cron was due", requestedBy: SCHEDULE },
};

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("ticks() gives the newest decisions first and no more than 1,000 are kept", async () => {
      const store = await open();
      for (let n = 0; n < MAX_TICKS + 3; n++) {
        await store.scheduler.addTick({
          at: "2026-01-02T03:04:05.000Z",
          decision: "wait",
          detail: String(n),
        });
      }
      const newest = await store.scheduler.ticks({ limit: 2 });
      expect(newest.map(({ detail }) => detail)).toEqual([String(MAX_TICKS + 2), String(MAX_TICKS + 1)]);
      const [next] = await store.scheduler.ticks({ limit: 1, before: newest[1]!.seq });
      expect(next!.detail).toBe(String(MAX_TICKS));
      const kept = await store.scheduler.ticks();
      expect(kept).toHaveLength(MAX_TICKS);
      expect(kept.at(-1)!.detail).toBe("3");
    }, 30_000);

    test("ticks() gives a decision with its saying and conditions", async () => {
      const store = await open();
      const condition = {
        name: "idle",
        kind: "guard",
        is_on: true,
        holds: true,
        value: null,
        threshold: null,
      };
      const tick = { at: NOW, decision: "wait", detail: "x", says: saying("wait"), conditions: [condition] };
      await store.scheduler.addTick(tick as Parameters<typeof store.scheduler.addTick>[0]);
      expect(await store.scheduler.ticks()).toEqual([{ seq: 1, ...tick } as never]);
    });

    test("getState() is not paused at first and remembers who paused it, when and why", async () => {
      const store = await open();
      expect(await store.scheduler.getState()).toEqual({
        ...{
          paused: false,
          changedBy: null,
          reason: null,
          changedAt: null,
          cron: null,
          answeredAlarm: null,
          declined: null,
        },
      });
      await store.scheduler.setPaused({ paused: true, by: VISITOR, reason: "a fair" });
      await store.scheduler.setCron({ schedule: "@daily UTC", after: NOW });
      expect(await store.scheduler.getState()).toMatchObject({
        ...{ paused: true, changedBy: VISITOR, reason: "a fair", changedAt: NOW },
        cron: { schedule: "@daily UTC", after: NOW },
      });
    });

    test("decideRequest() records a decision once, and refuses the second", async () => {
      const store = await open();
      const { id } = await store.scheduler.addRequest(RUN);
      const approval = { state: "approved", by: LOCAL, reason: "looks good" } as const;
      expect(await store.scheduler.decideRequest(id, approval)).toMatchObject({
        ...{ id, state: "approved", requestedBy: SCHEDULE, decidedBy: LOCAL, decidedAt: NOW },
        decisionReason: "looks good",
      });
      const error = await rejectionOf(store.scheduler.decideRequest(id, approval));
      expect(error).toBeInstanceOf(ConflictError);
      expect(error.message).toBe(`Request ${id} has already been decided`);
      expect(await rejectionOf(store.scheduler.decideRequest(id + 1, approval))).toBeInstanceOf(
        NotFoundError,
      );
    });

    test("decideRequest() that declines a run lets the triggers count from now", async () => {
      const store = await open();
      const { sample } = await store.samples.insert(newSample());
      await store.scheduler.setCron({ schedule: "@daily UTC", after: "2026-01-01T00:00:00.000Z" });
      const { id } = await store.scheduler.addRequest(RUN);
      await store.scheduler.decideRequest(id, { state: "declined", by: COMMAND_LINE, reason: "no" });
      expect(await store.scheduler.getState()).toMatchObject({
        declined: { at: NOW, lastSampleId: sample.arrival },
        cron: { after: NOW },
      });
    });

    test("settleRequest() carries out an approved request, and leaves a declined one", async () => {
      const store = await open();
      const [first, second] = [await store.scheduler.addRequest(RUN), await store.scheduler.addRequest(RUN)];
      await store.scheduler.decideRequest(first.id, { state: "approved", by: LOCAL, reason: "yes" });
      await store.scheduler.settleRequest(first.id, { state: "pending" });
      expect(await store.scheduler.getRequest(first.id)).toEqual(first);
      await store.scheduler.settleRequest(first.id, { state: "done", runId: "run-1" });
      expect(await store.scheduler.getRequest(first.id)).toMatchObject({ state: "done", runId: "run-1" });
      await store.scheduler.decideRequest(second.id, { state: "declined", by: LOCAL, reason: "no" });
      await store.scheduler.settleRequest(second.id, { state: "done" });
      expect(await store.scheduler.getRequest(second.id)).toMatchObject({ state: "declined" });
    });

    test("requests() gives those of a kind and of states, newest first, in pages", async () => {
      const store = await open();
      const run = await store.scheduler.addRequest(RUN);
      const promotion = await store.scheduler.addRequest({
        ...{ ...RUN, kind: "promotion", pipeline: null, trigger: null, modelVersion: 2, expectedPrevious: 1 },
      });
      const ids = async (query: Parameters<typeof store.scheduler.requests>[0]) =>
        (await store.scheduler.requests(query)).map(({ id }) => id);
      expect(await ids({})).toEqual([promotion.id, run.id]);
      expect(await ids({ limit: 1, before: promotion.id })).toEqual([run.id]);
      expect(await ids({ kind: "promotion", states: ["pending"] })).toEqual([promotion.id]);
      expect(await ids({ states: ["approved"] })).toEqual([]);
    });

    test("requests() keeps 1,000 decided ones, and every one that waits", async () => {
      const store = await open();
      const waiting = await store.scheduler.addRequest(RUN);
      const decided = await store.scheduler.addRequest(RUN);
      await store.scheduler.settleRequest(decided.id, { state: "withdrawn" });
      for (let n = 0; n < MAX_REQUESTS; n++) await store.scheduler.addRequest(RUN);
      expect(await store.scheduler.getRequest(decided.id)).toBeNull();
      expect(await store.scheduler.getRequest(waiting.id)).not.toBeNull();
    }, 30_000);

    test("a run remembers who started it, and who cancelled it only if it was cancelled", async () => {
      const store = await open();
      const run = { pipeline: "tuning", params: {}, trigger: "page", command: "" };
      await store.runs.create({ id: "a", ...run, startedBy: VISITOR });
      await store.runs.create({ id: "b", ...run });
      await store.runs.update("a", { cancelledBy: COMMAND_LINE });
      expect(await store.runs.get("a")).toMatchObject({ startedBy: VISITOR, cancelledBy: null });
      await store.runs.update("a", { status: "cancelled" });
      expect(await store.runs.get("a")).toMatchObject({ cancelledBy: COMMAND_LINE });
      expect(await store.runs.get("b")).toMatchObject({ startedBy: null, cancelledBy: null });
    });

    test("countChanged() counts labels that a person changed, and no drawing that was rendered again", async () => {
      const store = await open();
      const ids: string[] = [];
      for (let n = 0; n < 4; n++) ids.push((await store.samples.insert(newSample())).sample.arrival);
      const query = { arrival: ids[2]!, since: "", until: "9" };
      expect(await store.samples.countChanged(query)).toBe(0);
      await store.samples.putImages([{ id: ids[0]!, pixels: new Uint8Array(784) }], 9);
      expect(await store.samples.countChanged(query)).toBe(0);
      expect(await store.samples.firstAfter(ids[0]!)).toEqual({ arrival: ids[1]!, at: expect.any(String) });
      expect(await store.samples.firstAfter(ids[3]!)).toBeNull();
    });
  });
}
