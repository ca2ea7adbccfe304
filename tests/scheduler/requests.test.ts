import { expect, test } from "bun:test";
import { COMMAND_LINE, LOCAL, SCHEDULE } from "../../src/domain/actor.ts";
import { ConflictError } from "../../src/lib/errors.ts";
import { rejectionOf } from "../storage/helpers.ts";
import { MINUTE_MS, settled, World } from "./helpers.ts";

const APPROVAL = { approval: "run" } as const;
const yes = { state: "approved", by: LOCAL, via: "page", reason: "go" } as const;
const no = { state: "declined", by: LOCAL, via: "page", reason: "not today" } as const;

async function pending(world: World) {
  return world.store.scheduler.requests({ states: ["pending"] });
}

test("a run that is due waits as one request, and starts when a person approves it", async () => {
  const world = await World.start({ rules: APPROVAL });
  await world.label(4);
  await world.timers.advance(10 * MINUTE_MS);
  expect(world.children).toHaveLength(0);
  const requests = await pending(world);
  expect(requests).toMatchObject([
    { kind: "run", pipeline: "tuning", trigger: "new_samples", requestedBy: SCHEDULE },
  ]);
  expect(requests[0]!.reason).toMatch(/^\d of 3 new labels$/);
  await world.scheduler.decide(requests[0]!.id, yes);
  await settled();
  expect(world.children).toHaveLength(1);
  expect(await world.store.runs.get("run-1")).toMatchObject({ trigger: "new_samples", startedBy: LOCAL });
  expect(await world.store.scheduler.getRequest(requests[0]!.id)).toMatchObject({
    ...{ state: "done", runId: "run-1", decidedBy: LOCAL, decisionReason: "go" },
  });
});

test("a declined run is not requested again before as many labels have arrived once more", async () => {
  const world = await World.start({ rules: APPROVAL });
  await world.label(3);
  await world.scheduler.decide((await pending(world))[0]!.id, no);
  await world.label(2);
  await world.timers.advance(MINUTE_MS);
  expect(await pending(world)).toEqual([]);
  expect((await world.scheduler.status()).newSamples).toBe(5);
  await world.label(1);
  expect(await pending(world)).toHaveLength(1);
});

test("a request is withdrawn when a person trains first", async () => {
  const world = await World.start({ rules: APPROVAL });
  await world.label(3);
  const [request] = await pending(world);
  await world.scheduler.trigger({ pipeline: "tuning", params: {}, trigger: "page", startedBy: LOCAL });
  expect(await world.store.scheduler.getRequest(request!.id)).toMatchObject({ state: "withdrawn" });
  expect(await rejectionOf(world.scheduler.decide(request!.id, yes))).toBeInstanceOf(ConflictError);
});

test("a run that the command line requested starts at the next check, also after a restart", async () => {
  const world = await World.start();
  await world.kill();
  const request = await world.store.scheduler.addRequest({
    ...{ kind: "run", state: "approved", pipeline: "tuning", trigger: "cli", runId: null },
    ...{ modelVersion: null, expectedPrevious: null, reason: "", requestedBy: COMMAND_LINE },
  });
  await world.startScheduler();
  expect(await world.store.runs.get("run-1")).toMatchObject({ trigger: "cli", startedBy: COMMAND_LINE });
  expect(await world.store.scheduler.getRequest(request.id)).toMatchObject({ runId: "run-1" });
  await world.endRun("done");
  await world.timers.advance(10 * MINUTE_MS);
  expect(world.children).toHaveLength(1);
});

test("an approved run whose process cannot be started is tried again after the pause, not at every check", async () => {
  const world = await World.start({ rules: APPROVAL });
  await world.label(3);
  const { create } = world.store.runs;
  world.store.runs.create = () => Promise.reject(new Error("the disk is full"));
  await world.scheduler.decide((await pending(world))[0]!.id, yes);
  await world.timers.advance(55_000);
  expect(world.errors).toHaveLength(1);
  world.store.runs.create = create.bind(world.store.runs);
  await world.timers.advance(10_000);
  expect(world.children).toHaveLength(1);
});

async function promotion(world: World, expectedPrevious: number) {
  const { id } = await world.store.scheduler.addRequest({
    ...{ kind: "promotion", state: "pending", pipeline: null, trigger: null, runId: "run-1" },
    ...{ modelVersion: 2, expectedPrevious, reason: "it passed the gate", requestedBy: SCHEDULE },
  });
  return id;
}

test("a promotion goes live when a person approves it, and waits again when that fails", async () => {
  const world = await World.start();
  const id = await promotion(world, 1);
  world.promoteError = new ConflictError("version 2 could not be loaded");
  expect((await rejectionOf(world.scheduler.decide(id, yes))).message).toBe("version 2 could not be loaded");
  expect(await world.store.scheduler.getRequest(id)).toMatchObject({ state: "pending", decidedBy: null });
  expect(await world.scheduler.decide(id, yes)).toMatchObject({ state: "done", decidedBy: LOCAL });
  expect(world.promoted).toEqual([2]);
});

test("a declined promotion leaves the champion, and changes no count of a trigger", async () => {
  const world = await World.start({ rules: { newSamples: 10 } });
  await world.label(3);
  const id = await promotion(world, 1);
  expect(await world.scheduler.decide(id, no)).toMatchObject({ state: "declined" });
  expect(world.promoted).toEqual([]);
  const { conditions } = (await world.scheduler.outlook()).decision;
  expect(conditions[0]).toMatchObject({ name: "new_samples", value: 3 });
});

test("a promotion is withdrawn once another version is the champion", async () => {
  const world = await World.start();
  const id = await promotion(world, 7);
  await world.timers.advance(MINUTE_MS);
  expect(await world.store.scheduler.getRequest(id)).toMatchObject({ state: "withdrawn" });
});

test("a run remembers who started and who cancelled it, and the server's stop as its own", async () => {
  const world = await World.start();
  await world.label(3);
  expect(await world.store.runs.get("run-1")).toMatchObject({ startedBy: SCHEDULE, cancelledBy: null });
  await world.scheduler.cancel("run-1", LOCAL);
  expect(await world.store.runs.get("run-1")).toMatchObject({ status: "cancelled", cancelledBy: LOCAL });
  await world.startOtherRun("typed");
  await world.scheduler.cancel("typed", COMMAND_LINE);
  await world.timers.advance(MINUTE_MS);
  expect(await world.store.runs.get("typed")).toMatchObject({ cancelledBy: COMMAND_LINE });
  await world.label(3);
  await world.timers.advance(MINUTE_MS);
  await world.scheduler.stop();
  expect(await world.store.runs.get("run-2")).toMatchObject({ status: "cancelled", cancelledBy: SCHEDULE });
});
