import { expect, test } from "bun:test";
import { LOCAL } from "../../src/domain/actor.ts";
import { NO_METRICS } from "../../src/domain/metrics.ts";
import { ConflictError, NotFoundError, UnavailableError } from "../../src/lib/errors.ts";
import { rejectionOf } from "../storage/helpers.ts";
import { MINUTE_MS, settled, World } from "./helpers.ts";

const MANUAL = { pipeline: "tuning", params: {}, trigger: "page", startedBy: LOCAL };

test("scheduler starts one tuning run at the label that reaches the threshold, and none before", async () => {
  const world = await World.start();
  await world.label(2);
  expect(world.children).toHaveLength(0);
  await world.label(4);
  expect(world.children.map(({ request }) => request)).toEqual([
    { runId: "run-1", pipeline: "tuning", params: "" },
  ]);
  expect(await world.store.runs.get("run-1")).toMatchObject({
    status: "running",
    trigger: "new_samples",
    command: "tegaki run --pipeline tuning",
    pid: world.child.pid,
  });
  expect(await world.scheduler.status()).toMatchObject({
    runningRunId: "run-1",
    newSamples: 6,
    threshold: 3,
  });
});

test("scheduler counts again from zero after a run that was done, though its candidate was refused", async () => {
  const world = await World.start();
  await world.label(3);
  await world.store.runs.update("run-1", { metrics: { ...NO_METRICS, gate: { passed: false, checks: [] } } });
  await world.label(1);
  await world.endRun("done");
  expect(await world.scheduler.status()).toMatchObject({
    newSamples: 1,
    runningRunId: null,
    consecutiveFailures: 0,
  });
  await world.timers.advance(10 * MINUTE_MS);
  expect(world.children).toHaveLength(1);
  await world.label(2);
  expect(world.children).toHaveLength(2);
});

test("scheduler follows a threshold and a pause that change while it runs, without a restart", async () => {
  const world = await World.start();
  await world.label(2);
  expect(world.children).toHaveLength(0);
  world.set({ rules: { newSamples: 2 } });
  expect((await world.scheduler.status()).threshold).toBe(2);
  world.scheduler.notifyNewSample();
  await settled();
  expect(world.children).toHaveLength(1);
  await world.label(2);
  await world.endRun("done");
  await world.timers.advance(6_000);
  expect(world.children).toHaveLength(1);
  world.set({ minIntervalMs: 5_000 });
  await world.timers.advance(2_000);
  expect(world.children).toHaveLength(2);
});

test("scheduler waits min_interval after a run before it starts the next", async () => {
  const world = await World.start();
  await world.label(3);
  await world.label(3);
  await world.endRun("done");
  expect((await world.scheduler.status()).notBefore).toBe(
    new Date(world.clock.timeMs + 30_000).toISOString(),
  );
  await world.timers.advance(29_900);
  expect(world.children).toHaveLength(1);
  await world.timers.advance(2_100);
  expect(world.children).toHaveLength(2);
  expect((await world.scheduler.status()).notBefore).toBeNull();
});

test("scheduler doubles the interval after each failure, up to an hour, and forgets them after a success", async () => {
  const world = await World.start({ checkIntervalMs: 10_000 });
  await world.label(3);
  const waits: number[] = [];
  for (let failure = 1; failure <= 9; failure++) {
    await world.endRun("failed");
    expect((await world.scheduler.status()).consecutiveFailures).toBe(failure);
    const endedMs = world.timers.nowMs;
    while (world.children.length === failure) await world.timers.advance(10_000);
    waits.push(Math.floor((world.timers.nowMs - endedMs) / 10_000) * 10);
  }
  expect(waits).toEqual([60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]);
  await world.endRun("done");
  expect(await world.scheduler.status()).toMatchObject({ consecutiveFailures: 0, newSamples: 0 });
});

test("scheduler marks a run failed with the end of stderr when its process dies without reporting an end", async () => {
  const world = await World.start();
  await world.label(3);
  world.child.end({ code: 3, signal: null, stderrTail: "out of memory\nin dense" });
  await settled();
  expect(await world.store.runs.get("run-1")).toMatchObject({
    status: "failed",
    error: "The process ended with exit code 3: out of memory in dense",
    finishedAt: world.clock.now().toISOString(),
  });
  expect((await world.store.runs.eventsAfter(0)).map(({ type }) => type)).toEqual(["run_failed"]);
  await world.timers.advance(MINUTE_MS);
  world.child.end({ code: null, signal: "SIGKILL", stderrTail: "" });
  await settled();
  expect((await world.store.runs.get("run-2"))?.error).toBe(
    "The process was ended by SIGKILL and printed no error",
  );
});

test("scheduler marks a run done when its process ends with 0 and did not report it", async () => {
  const world = await World.start();
  await world.label(3);
  world.child.end({ code: 0, signal: null, stderrTail: "" });
  await settled();
  expect((await world.store.runs.get("run-1"))?.status).toBe("done");
  expect((await world.scheduler.status()).newSamples).toBe(0);
});

test("scheduler backs off when a process cannot be started, and reports why", async () => {
  const world = await World.start();
  world.spawnError = new Error("no such file");
  await world.label(3);
  expect(await world.store.runs.get("run-1")).toMatchObject({
    status: "failed",
    error: "Cannot start the process of run run-1: no such file",
  });
  expect(world.errors.map(String)).toEqual([
    "UnavailableError: Cannot start the process of run run-1: no such file",
  ]);
  await world.timers.advance(59_000);
  expect(world.children).toHaveLength(0);
  await world.timers.advance(3_000);
  expect(world.children).toHaveLength(1);
});

test("scheduler tries no more than once a back-off when the run cannot be stored", async () => {
  const world = await World.start();
  const { create } = world.store.runs;
  world.store.runs.create = () => Promise.reject(new UnavailableError("the disk is full"));
  await world.label(3);
  await world.timers.advance(5 * MINUTE_MS);
  expect(world.errors).toHaveLength(3);
  expect(world.children).toHaveLength(0);
  world.store.runs.create = create.bind(world.store.runs);
  await world.timers.advance(10 * MINUTE_MS);
  expect(world.children).toHaveLength(1);
});

test("setPaused() holds the next run back and lets it start when resumed", async () => {
  const world = await World.start();
  await world.scheduler.setPaused({ paused: true, by: LOCAL, reason: null });
  await world.label(5);
  await world.timers.advance(MINUTE_MS);
  expect(world.children).toHaveLength(0);
  expect((await world.scheduler.status()).isPaused).toBe(true);
  await world.scheduler.setPaused({ paused: false, by: LOCAL, reason: null });
  await settled();
  expect(world.children).toHaveLength(1);
});

test("trigger() starts a run at once, paused or backing off, with its parameters in the command", async () => {
  const world = await World.start();
  await world.scheduler.setPaused({ paused: true, by: LOCAL, reason: null });
  const params = { tuning_epochs: 1, note: "it's" };
  const { runId } = await world.scheduler.trigger({
    pipeline: "tuning",
    params,
    trigger: "api",
    startedBy: LOCAL,
  });
  expect(world.child.request).toEqual({ runId, pipeline: "tuning", params: `tuning_epochs=1,note="it's"` });
  expect(await world.store.runs.get(runId)).toMatchObject({
    trigger: "api",
    params,
    command: `tegaki run --pipeline tuning --params 'tuning_epochs=1,note="it'\\''s"'`,
  });
});

test("trigger() throws ConflictError while a run is running, also for the second of two calls at once", async () => {
  const world = await World.start();
  const results = await Promise.allSettled([
    world.scheduler.trigger(MANUAL),
    world.scheduler.trigger(MANUAL),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  const error = await rejectionOf(world.scheduler.trigger(MANUAL));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error.message).toBe("Run run-1 is still running. Wait for it to finish, or cancel it");
  expect(world.children).toHaveLength(1);
});

test.each(["done", "failed", "cancelled"] as const)(
  "trigger() right after a run is seen as %s waits for its process to end, and starts the next",
  async (status) => {
    const world = await World.start();
    await world.scheduler.trigger(MANUAL);
    const finishedAt = world.clock.now().toISOString();
    await world.store.runs.update("run-1", { status, finishedAt });
    const started = world.scheduler.trigger(MANUAL);
    await settled();
    expect(world.children).toHaveLength(1);
    world.child.end({ code: 0, signal: null, stderrTail: "" });
    expect(await started).toEqual({ runId: "run-2" });
    expect((await world.store.runs.get("run-1"))?.status).toBe(status);
  },
);

test("trigger() throws ConflictError when the process of an ended run does not end in 10 s", async () => {
  const world = await World.start();
  await world.scheduler.trigger(MANUAL);
  await world.store.runs.update("run-1", { status: "done", finishedAt: world.clock.now().toISOString() });
  const refused = rejectionOf(world.scheduler.trigger(MANUAL));
  await settled();
  await world.timers.advance(10_000);
  expect(await refused).toBeInstanceOf(ConflictError);
});

test("cancel() ends the child with SIGTERM and resolves when the run is stored as cancelled", async () => {
  const world = await World.start();
  await world.label(3);
  await world.scheduler.cancel("run-1", LOCAL);
  expect(world.children[0]!.signals).toEqual(["SIGTERM"]);
  expect((await world.store.runs.get("run-1"))?.status).toBe("cancelled");
  expect(await world.scheduler.status()).toMatchObject({
    runningRunId: null,
    consecutiveFailures: 0,
    newSamples: 3,
  });
  expect((await world.store.runs.eventsAfter(0)).map(({ type }) => type)).toEqual(["run_cancelled"]);
});

test("cancel() sends SIGKILL after the grace to a child that ignores SIGTERM", async () => {
  const world = await World.start();
  await world.label(3);
  world.child.endsOn = ["SIGKILL"];
  const cancelled = world.scheduler.cancel("run-1", LOCAL);
  await world.timers.advance(2_900);
  expect(world.child.signals).toEqual(["SIGTERM"]);
  await world.timers.advance(200);
  await cancelled;
  expect(world.children[0]!.signals).toEqual(["SIGTERM", "SIGKILL"]);
  expect((await world.store.runs.get("run-1"))?.status).toBe("cancelled");
});

test("cancel() leaves a run done when it was done before the signal reached it", async () => {
  const world = await World.start();
  await world.label(3);
  world.child.endsOn = [];
  const cancelled = world.scheduler.cancel("run-1", LOCAL);
  await world.endRun("done");
  await cancelled;
  expect((await world.store.runs.get("run-1"))?.status).toBe("done");
});

test("cancel() counts a run as cancelled when its process, when ended, reported a failure", async () => {
  const world = await World.start();
  await world.label(3);
  world.child.endsOn = [];
  const cancelled = world.scheduler.cancel("run-1", LOCAL);
  await world.endRun("failed");
  await cancelled;
  expect((await world.store.runs.get("run-1"))?.status).toBe("cancelled");
  expect((await world.scheduler.status()).consecutiveFailures).toBe(0);
});

test("cancel() throws NotFoundError for a run that does not exist, ConflictError for one that has ended", async () => {
  const world = await World.start();
  await world.label(3);
  await world.endRun("done");
  expect(await rejectionOf(world.scheduler.cancel("none", LOCAL))).toBeInstanceOf(NotFoundError);
  const error = await rejectionOf(world.scheduler.cancel("run-1", LOCAL));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error.message).toBe("Run run-1 cannot be cancelled: it is not running");
});

test("stop() ends the child, marks its run cancelled and leaves no timer behind", async () => {
  const world = await World.start();
  await world.label(3);
  await world.scheduler.stop();
  expect(await world.store.runs.get("run-1")).toMatchObject({
    status: "cancelled",
    error: "Cancelled: the server was stopped",
  });
  expect(world.timers.pending).toBe(0);
  await world.label(5);
  expect(world.children).toHaveLength(1);
  expect(await rejectionOf(world.scheduler.trigger(MANUAL))).toBeInstanceOf(ConflictError);
});

test("stop() cancels a run whose process does not exist yet", async () => {
  const world = await World.start();
  const triggered = world.scheduler.trigger(MANUAL);
  while ((await world.scheduler.status()).runningRunId === null) await Promise.resolve();
  await world.scheduler.stop();
  const { runId } = await triggered;
  expect(world.children.every(({ isAlive }) => !isAlive)).toBe(true);
  expect((await world.store.runs.get(runId))?.status).toBe("cancelled");
});

test("scheduler records a decision when it changes, and not at every check", async () => {
  const world = await World.start();
  await world.timers.advance(MINUTE_MS);
  await world.label(3);
  await world.timers.advance(MINUTE_MS);
  await world.endRun("failed");
  await world.timers.advance(4_000);
  const ticks = await world.store.scheduler.ticks();
  expect(ticks.toReversed().map(({ decision }) => decision)).toEqual(["not_due", "start", "running", "wait"]);
  expect(ticks[0]!.detail).toMatch(/^3 of 3 new labels; waiting \d+ s after a failed run$/);
});
