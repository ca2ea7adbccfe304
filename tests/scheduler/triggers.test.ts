import { expect, test } from "bun:test";
import { LOCAL } from "../../src/domain/actor.ts";
import { cronTimes } from "../../src/lib/cron.ts";
import { quietHours } from "../../src/scheduler/decision/quiet-hours.ts";
import { newSample } from "../storage/helpers.ts";
import { MINUTE_MS, settled, World } from "./helpers.ts";

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const OFF = { newSamples: null };
// The fake clock starts on 2026-01-02 at 03:04:05 UTC.
const NIGHTLY = { schedule: "0 3 * * * UTC", times: cronTimes("0 3 * * *", "UTC") };
const HOURLY = { schedule: "0 * * * * UTC", times: cronTimes("0 * * * *", "UTC") };
/** Checks once a minute, or every ten minutes, so that days pass quickly. */
const SLOW = { checkIntervalMs: MINUTE_MS };
const SLOWER = { checkIntervalMs: 10 * MINUTE_MS };

/** Lets time pass; each run that starts ends at once. @returns when runs started, by the clock. */
async function pass(world: World, ms: number, stepMs = MINUTE_MS): Promise<string[]> {
  const starts: string[] = [];
  for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
    await world.timers.advance(stepMs);
    if (world.child === undefined) continue;
    starts.push(world.clock.now().toISOString().slice(0, 16));
    await world.endRun("done");
  }
  return starts;
}

test("scheduler trains on labels that were corrected after it had seen them, not on labels rendered again", async () => {
  const world = await World.start({ rules: { corrections: 2 } });
  await world.label(3);
  await world.endRun("done");
  const { samples } = await world.store.samples.list({});
  await world.timers.advance(MINUTE_MS);
  await world.store.samples.putImages(
    samples.map(({ id }) => ({ id, pixels: new Uint8Array(784) })),
    9,
  );
  await world.store.samples.update(samples[0]!.id, { label: "3" }, LOCAL);
  await world.timers.advance(MINUTE_MS);
  expect(world.children).toHaveLength(1);
  // A label that no run has seen yet is new, not corrected.
  const { sample } = await world.store.samples.insert(newSample({ session: "s" }));
  await world.store.samples.update(sample.id, { label: "4" }, LOCAL);
  await world.timers.advance(MINUTE_MS);
  expect(world.children).toHaveLength(1);
  await world.store.samples.update(samples[1]!.id, { state: "negative" }, LOCAL);
  await world.timers.advance(MINUTE_MS);
  expect(world.children).toHaveLength(2);
  expect(await world.store.runs.get("run-2")).toMatchObject({ trigger: "corrections" });
  await world.endRun("done");
  await world.timers.advance(HOUR_MS);
  expect(world.children).toHaveLength(2);
});

test("scheduler trains when the oldest new label is old enough, and not without a label", async () => {
  const world = await World.start({ ...SLOW, rules: { ...OFF, maxAgeMs: DAY_MS } });
  expect(await pass(world, 2 * DAY_MS, HOUR_MS)).toEqual([]);
  await world.label(1);
  await world.timers.advance(DAY_MS - 2 * MINUTE_MS);
  expect(world.children).toHaveLength(0);
  await world.timers.advance(3 * MINUTE_MS);
  expect(world.children).toHaveLength(1);
  expect(await world.store.runs.get("run-1")).toMatchObject({ trigger: "max_age" });
});

test("scheduler trains at each time of cron, once, and not for times before it was switched on", async () => {
  const world = await World.start({ ...SLOW, rules: { ...OFF, cron: NIGHTLY } });
  expect(await pass(world, 3 * DAY_MS)).toEqual(["2026-01-03T03:00", "2026-01-04T03:00", "2026-01-05T03:00"]);
});

test("scheduler runs once after a restart for the times of cron that it missed", async () => {
  const world = await World.start({ ...SLOW, rules: { ...OFF, cron: NIGHTLY } });
  await world.kill();
  world.clock.timeMs += 5 * DAY_MS;
  await world.startScheduler();
  expect(world.children).toHaveLength(1);
  await world.endRun("done");
  expect(await pass(world, DAY_MS)).toEqual(["2026-01-08T03:00"]);
});

test("scheduler does not run after a restart with another schedule, nor after one without a missed time", async () => {
  const world = await World.start({ ...SLOW, rules: { ...OFF, cron: NIGHTLY } });
  await world.store.scheduler.setCron({ schedule: "0 1 * * * UTC", after: "2025-01-01T00:00:00.000Z" });
  await world.kill();
  await world.startScheduler();
  expect(world.children).toHaveLength(0);
  await world.kill();
  world.clock.timeMs += HOUR_MS;
  await world.startScheduler();
  expect(world.children).toHaveLength(0);
});

test.each<[string, number]>([
  ["an hour ahead", HOUR_MS],
  ["an hour back", -HOUR_MS],
  ["400 days ahead", 400 * DAY_MS],
  ["400 days back", -400 * DAY_MS],
])("scheduler neither storms nor loses a run of cron when the clock jumps %s", async (_, jumpMs) => {
  const world = await World.start({ ...SLOW, rules: { ...OFF, cron: HOURLY } });
  expect(await pass(world, 2 * HOUR_MS)).toHaveLength(2);
  world.clock.timeMs += jumpMs;
  // A run within two minutes makes up for what the jump skipped; then one an hour, by the clock on the wall.
  const starts = await pass(world, 6 * HOUR_MS);
  expect(starts.length).toBeGreaterThanOrEqual(6);
  expect(starts.length).toBeLessThanOrEqual(7);
  expect(new Set(starts).size).toBe(starts.length);
});

test("scheduler loses no age of a label that arrived while the clock was 400 days ahead", async () => {
  const world = await World.start({ ...SLOW, rules: { ...OFF, maxAgeMs: DAY_MS } });
  world.clock.timeMs += 400 * DAY_MS;
  await world.label(1);
  world.clock.timeMs -= 400 * DAY_MS;
  await world.timers.advance(DAY_MS - 2 * MINUTE_MS);
  expect(world.children).toHaveLength(0);
  await world.timers.advance(4 * MINUTE_MS);
  expect(world.children).toHaveLength(1);
});

test("scheduler counts a correction after a run that started while the clock was 400 days ahead, once", async () => {
  const world = await World.start({ ...SLOWER, rules: { corrections: 1 } });
  world.clock.timeMs += 400 * DAY_MS;
  await world.label(3);
  await world.endRun("done");
  world.clock.timeMs -= 400 * DAY_MS;
  await world.timers.advance(MINUTE_MS);
  const { samples } = await world.store.samples.list({});
  await world.store.samples.update(samples[0]!.id, { label: "3" }, LOCAL);
  expect((await pass(world, DAY_MS, 10 * MINUTE_MS)).length).toBe(1);
});

test("scheduler does not storm for a correction that was made while the clock was ahead", async () => {
  const world = await World.start({ ...SLOWER, rules: { corrections: 1 } });
  await world.label(3);
  await world.endRun("done");
  const { samples } = await world.store.samples.list({});
  world.clock.timeMs += 400 * DAY_MS;
  await world.store.samples.update(samples[0]!.id, { label: "3" }, LOCAL);
  world.clock.timeMs -= 400 * DAY_MS;
  expect((await pass(world, DAY_MS, 10 * MINUTE_MS)).length).toBe(0);
  world.clock.timeMs += 400 * DAY_MS;
  expect((await pass(world, DAY_MS, 10 * MINUTE_MS)).length).toBe(1);
});

test("scheduler does not storm for an alarm that began while the clock was ahead", async () => {
  const world = await World.start({ ...SLOWER, rules: { ...OFF, hasDrift: true } });
  world.drift = { isDrifting: true, since: "2031-01-01T00:00:00.000Z", detail: "" };
  expect((await pass(world, DAY_MS, 10 * MINUTE_MS)).length).toBe(1);
});

test("scheduler trains once for an alarm of drift, again after a failure, and again for the next alarm", async () => {
  const world = await World.start({ ...SLOWER, rules: { ...OFF, hasDrift: true } });
  const alarm = () => ({ isDrifting: true, since: world.clock.now().toISOString(), detail: "PSI 0.4" });
  world.drift = alarm();
  await world.timers.advance(20 * MINUTE_MS);
  expect(world.children).toHaveLength(1);
  await world.endRun("failed");
  await world.timers.advance(20 * MINUTE_MS);
  expect(world.children).toHaveLength(2);
  await world.endRun("done");
  expect(await pass(world, DAY_MS, HOUR_MS)).toEqual([]);
  world.drift = alarm();
  expect(await pass(world, DAY_MS, HOUR_MS)).toHaveLength(1);
});

test("scheduler starts nothing in quiet hours, and one run at their end", async () => {
  const quiet = quietHours("03:00-07:00", "UTC");
  const world = await World.start({ ...SLOW, rules: { quiet } });
  await world.label(4);
  expect((await world.scheduler.outlook()).nextAt).toBe("2026-01-02T07:00:00.000Z");
  expect(await pass(world, DAY_MS)).toEqual(["2026-01-02T07:00"]);
});

test("a person's trigger starts a run in quiet hours and while the scheduler is paused", async () => {
  const world = await World.start({ rules: { quiet: quietHours("00:00-23:59", "UTC") } });
  await world.scheduler.setPaused({ paused: true, by: LOCAL, reason: null });
  await world.scheduler.trigger({ pipeline: "tuning", params: {}, trigger: "page", startedBy: LOCAL });
  await settled();
  expect(await world.store.runs.get("run-1")).toMatchObject({ status: "running", startedBy: LOCAL });
});

test("outlook() is a dry run at a time to come, and refuses one that has passed", async () => {
  const world = await World.start({ rules: { cron: NIGHTLY } });
  const at = (iso: string) => world.scheduler.outlook(new Date(iso));
  expect((await at("2026-01-03T02:59:00Z")).decision.decision).toBe("not_due");
  expect((await at("2026-01-03T03:00:00Z")).decision).toMatchObject({ decision: "start", trigger: "cron" });
  expect(world.children).toHaveLength(0);
  await expect(at("2026-01-01T00:00:00Z")).rejects.toThrow("at: expected a time to come");
});
