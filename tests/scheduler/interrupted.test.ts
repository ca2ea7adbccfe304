import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../src/domain/actor.ts";
import { cronTimes } from "../../src/lib/cron.ts";
import type { Rules } from "../../src/scheduler/decision/rules.ts";
import { newSample } from "../storage/helpers.ts";
import { MINUTE_MS, settled, World } from "./helpers.ts";

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const OFF = { newSamples: null };
const ALARM = { isDrifting: true, since: "2026-01-02T03:00:00.000Z", detail: "" };

/** Each trigger alone: the rules, and the reason for a run. */
const TRIGGERS: [string, Partial<Rules>, (world: World) => Promise<void>][] = [
  ["new_samples", {}, (world) => world.label(3)],
  ["max_age", { ...OFF, maxAgeMs: HOUR_MS }, (world) => world.label(1)],
  ["corrections", { ...OFF, corrections: 1 }, correct],
  [
    "cron",
    { ...OFF, cron: { schedule: "0 3 * * * UTC", times: cronTimes("0 3 * * *", "UTC") } },
    async () => {},
  ],
  [
    "drift",
    { ...OFF, hasDrift: true },
    async (world) => {
      world.drift = ALARM;
    },
  ],
];

/** A label that a finished run has seen, changed by a person; changed again by another call. */
async function correct(world: World): Promise<void> {
  if ((await world.store.runs.get("seen")) === null) await trainOnOne(world);
  const [sample] = (await world.store.samples.list({})).samples;
  await world.store.samples.update(sample!.id, { label: sample!.label === "3" ? "4" : "3" }, LOCAL);
}

async function trainOnOne(world: World): Promise<void> {
  await world.label(1);
  const lastSampleId = await world.store.samples.latestId();
  await world.startOtherRun("seen");
  await world.store.runs.update("seen", { startedAt: world.clock.now().toISOString(), lastSampleId });
  await world.endRun("done");
  await world.timers.advance(MINUTE_MS);
}

/** Until the scheduler's next run. */
async function untilRun(world: World, id: string): Promise<void> {
  const before = world.children.length;
  for (let hours = 0; hours < 25 && world.children.length === before; hours++)
    await world.timers.advance(HOUR_MS);
  expect(world.children.at(-1)?.request.runId).toBe(id);
}

async function worldWith(rules: Partial<Rules>, give: (world: World) => Promise<void>): Promise<World> {
  const world = await World.start({ checkIntervalMs: 10 * MINUTE_MS, rules });
  await give(world);
  await untilRun(world, "run-1");
  return world;
}

/** How a server, and the run with it, may end. */
const ENDS: [string, (world: World) => Promise<void>][] = [
  [
    "is stopped",
    async (world) => {
      const stopped = world.scheduler.stop();
      await world.timers.advance(MINUTE_MS);
      await stopped;
      world.timers.forgetAll();
    },
  ],
  [
    "is killed, and its run records that",
    async (world) => {
      const { child } = world;
      // As a run does whose standard input ends.
      await world.store.runs.update(child.request.runId, {
        ...{ status: "cancelled", cancelledBy: { kind: "schedule", name: null } },
        finishedAt: world.clock.now().toISOString(),
      });
      child.isAlive = false;
      await world.kill();
    },
  ],
  [
    "is killed with its run",
    async (world) => {
      world.child.isAlive = false;
      await world.kill();
    },
  ],
];

describe.each(TRIGGERS)("a run for %s", (trigger, rules, give) => {
  test.each(ENDS)("is started once more after a restart when the server %s", async (_, end) => {
    const world = await worldWith(rules, give);
    await end(world);
    await world.startScheduler();
    await world.timers.advance(30 * MINUTE_MS);
    expect(world.children.map(({ request }) => request.runId).filter((id) => id.startsWith("run-"))).toEqual([
      "run-1",
      "run-2",
    ]);
    expect(await world.store.runs.get("run-2")).toMatchObject({ trigger });
    await world.endRun("done");
    const { length } = world.children;
    await world.timers.advance(3 * HOUR_MS);
    await world.kill();
    await world.startScheduler();
    await world.timers.advance(3 * HOUR_MS);
    expect(world.children).toHaveLength(length);
  });

  test("that a person cancels is not started again, whatever restarts, until there is a new reason", async () => {
    const world = await worldWith(rules, give);
    const { length } = world.children;
    const cancelled = world.scheduler.cancel("run-1", LOCAL);
    await world.timers.advance(MINUTE_MS);
    await cancelled;
    for (let restart = 0; restart < 3; restart++) {
      await world.timers.advance(2 * HOUR_MS);
      expect(world.children).toHaveLength(length);
      await world.kill();
      await world.startScheduler();
    }
    if (trigger === "cron") world.clock.timeMs += DAY_MS;
    else if (trigger === "drift") world.drift = { ...ALARM, since: world.clock.now().toISOString() };
    else await give(world);
    await untilRun(world, "run-2");
    expect(await world.store.runs.get("run-2")).toMatchObject({ trigger });
  });

  test("that a person cancels after one that failed is not started again either", async () => {
    const world = await worldWith(rules, give);
    await world.endRun("failed");
    const isRepeated = trigger !== "cron";
    if (isRepeated) await untilRun(world, "run-2");
    else await world.timers.advance(2 * HOUR_MS);
    if (!isRepeated) return expect(world.child).toBeUndefined();
    const { length } = world.children;
    const cancelled = world.scheduler.cancel("run-2", LOCAL);
    await world.timers.advance(MINUTE_MS);
    await cancelled;
    await world.timers.advance(2 * DAY_MS);
    expect(world.children).toHaveLength(length);
  });
});

test.each(TRIGGERS.slice(3))(
  "a run for %s that two servers in a row have ended is not started a third time",
  async (_, rules, give) => {
    for (const [, end] of ENDS) {
      const world = await worldWith(rules, give);
      await end(world);
      await world.startScheduler();
      await world.timers.advance(30 * MINUTE_MS);
      expect(world.children).toHaveLength(2);
      await end(world);
      await world.startScheduler();
      await world.timers.advance(10 * HOUR_MS);
      // A killed run has failed, and an alarm that no run has answered is tried again after a pause.
      const isFailure = (await world.store.runs.get("run-2"))?.status === "failed";
      if (isFailure && world.drift !== null) expect(world.children.length).toBeLessThanOrEqual(4);
      else expect(world.children).toHaveLength(2);
    }
  },
);

test("a run that something else ends counts as failed, so that the next ones come later and later", async () => {
  const world = await World.start();
  await world.label(3);
  const startedMs = world.timers.nowMs;
  const starts: number[] = [];
  while (world.timers.nowMs - startedMs < 2 * HOUR_MS) {
    if (world.child !== undefined) {
      starts.push(world.timers.nowMs - startedMs);
      const { child } = world;
      // A guard of the machine's memory sends SIGTERM, upon which a run stores that it was cancelled.
      await world.store.runs.update(child.request.runId, {
        ...{ status: "cancelled", cancelledBy: { kind: "schedule", name: null } },
        finishedAt: world.clock.now().toISOString(),
      });
      child.end({ code: 1, signal: null, stderrTail: "" });
      await settled();
      expect(await world.store.runs.get(child.request.runId)).toMatchObject({
        ...{ status: "failed", cancelledBy: null },
        error: "The process ended with exit code 1 and printed no error",
      });
    }
    await world.timers.advance(MINUTE_MS / 6);
  }
  // Pauses of 1, 2, 4, 8, 16 and 32 minutes, then of an hour.
  expect(starts.length).toBe(7);
  const pauses = starts.slice(1).map((ms, n) => ms - starts[n]!);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
});

test("labels that arrive during a run that a person cancels count for the next", async () => {
  const world = await World.start();
  await world.label(3);
  await world.store.samples.insert(newSample({ session: "s" }));
  await world.store.samples.insert(newSample({ session: "s" }));
  const cancelled = world.scheduler.cancel("run-1", LOCAL);
  await world.timers.advance(MINUTE_MS);
  await cancelled;
  await world.timers.advance(HOUR_MS);
  expect(world.children).toHaveLength(1);
  await world.label(1);
  expect(world.children).toHaveLength(2);
});

test("a run that a person started and cancelled says nothing about the scheduler's own reasons", async () => {
  const world = await World.start({ rules: { newSamples: 3 } });
  await world.scheduler.setPaused({ paused: true, by: LOCAL, reason: null });
  await world.label(3);
  await world.scheduler.trigger({ pipeline: "tuning", params: {}, trigger: "page", startedBy: LOCAL });
  const cancelled = world.scheduler.cancel("run-1", LOCAL);
  await world.timers.advance(MINUTE_MS);
  await cancelled;
  await world.scheduler.setPaused({ paused: false, by: LOCAL, reason: null });
  await settled();
  expect(world.children).toHaveLength(2);
});
