import { expect, test } from "bun:test";
import { LOCAL } from "../../src/domain/actor.ts";
import { MINUTE_MS, settled, World } from "./helpers.ts";

const DAY_MS = 24 * 60 * MINUTE_MS;

test("start() marks a run failed whose process is gone, and backs off before the next", async () => {
  const world = await World.start();
  await world.label(3);
  await world.kill();
  world.child.isAlive = false;
  await world.startScheduler();
  expect(await world.store.runs.get("run-1")).toMatchObject({
    status: "failed",
    error: "Interrupted by a restart: the process has ended",
  });
  await world.timers.advance(59_000);
  expect(world.children).toHaveLength(1);
  await world.timers.advance(3_000);
  expect(world.children).toHaveLength(2);
});

test("start() marks a run failed that was stored and never got a process", async () => {
  const world = await World.start();
  await world.store.runs.create({ id: "lost", pipeline: "tuning", params: {}, trigger: "api", command: "" });
  await world.startScheduler();
  expect((await world.store.runs.get("lost"))?.status).toBe("failed");
});

test("scheduler starts nothing while a child of the previous server is alive, and continues when it has ended", async () => {
  const world = await World.start();
  await world.label(3);
  await world.kill();
  await world.startScheduler();
  await world.label(3);
  await world.timers.advance(5 * MINUTE_MS);
  expect(world.children).toHaveLength(1);
  expect((await world.scheduler.status()).runningRunId).toBe("run-1");
  await world.endRun("done");
  await world.timers.advance(MINUTE_MS);
  expect(world.children).toHaveLength(2);
});

test("scheduler takes turns with a run typed in a terminal, and marks it failed when it dies without a word", async () => {
  const world = await World.start();
  const other = await world.startOtherRun("typed");
  await world.label(3);
  expect(world.children).toEqual([other]);
  other.isAlive = false;
  await world.timers.advance(2_000);
  expect(await world.store.runs.get("typed")).toMatchObject({
    status: "failed",
    error: "The process ended without reporting a result",
  });
  await world.timers.advance(MINUTE_MS);
  expect(world.children).toHaveLength(2);
});

test("cancel() ends a run typed in a terminal and marks it cancelled", async () => {
  const world = await World.start();
  const other = await world.startOtherRun("typed");
  other.endsOn = ["SIGKILL"];
  await world.scheduler.cancel("typed", LOCAL);
  await world.timers.advance(6_000);
  expect(other.signals).toEqual(["SIGTERM", "SIGKILL"]);
  expect((await world.store.runs.get("typed"))?.status).toBe("cancelled");
});

test("scheduler leaves the end that another process stored just before it was gone", async () => {
  const world = await World.start();
  const other = await world.startOtherRun("typed");
  const { list } = world.store.runs;
  world.store.runs.list = async (query) => {
    const found = await list.call(world.store.runs, query);
    if (query.status === "running" && other.isAlive) {
      other.isAlive = false;
      await world.store.runs.update("typed", { status: "done" });
    }
    return found;
  };
  await world.timers.advance(4_000);
  expect((await world.store.runs.get("typed"))?.status).toBe("done");
});

test("scheduler keeps its back-off over a restart, less the time that has passed", async () => {
  const world = await World.start();
  await world.label(3);
  await world.endRun("failed");
  await world.timers.advance(20_000);
  await world.kill();
  await world.startScheduler();
  expect(await world.scheduler.status()).toMatchObject({
    consecutiveFailures: 1,
    notBefore: new Date(world.clock.timeMs + 40_000).toISOString(),
  });
});

test("scheduler waits no longer than one back-off when the clock was set back a day before a restart", async () => {
  const world = await World.start();
  await world.label(3);
  await world.endRun("failed");
  await world.kill();
  world.clock.timeMs -= DAY_MS;
  await world.startScheduler();
  await world.timers.advance(59_000);
  expect(world.children).toHaveLength(1);
  await world.timers.advance(3_000);
  expect(world.children).toHaveLength(2);
});

test("scheduler starts one run, not many, when the clock jumps 400 days ahead before a restart", async () => {
  const world = await World.start();
  await world.label(3);
  await world.endRun("failed");
  await world.kill();
  world.clock.timeMs += 400 * DAY_MS;
  await world.startScheduler();
  expect(world.children).toHaveLength(2);
  await world.endRun("failed");
  await world.timers.advance(MINUTE_MS);
  expect(world.children).toHaveLength(2);
});

test("scheduler neither starts nor delays a run when the clock jumps while it runs", async () => {
  const world = await World.start();
  await world.label(6);
  await world.endRun("done");
  await world.label(3);
  for (const jumpMs of [60 * MINUTE_MS, -2 * DAY_MS]) {
    world.clock.timeMs += jumpMs;
    await world.timers.advance(10_000);
    expect(world.children).toHaveLength(1);
  }
  await world.timers.advance(12_000);
  expect(world.children).toHaveLength(2);
  await settled();
});
