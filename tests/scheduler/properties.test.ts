import { expect, test } from "bun:test";
import fc from "fast-check";
import { LOCAL } from "../../src/domain/actor.ts";
import { pauseMs } from "../../src/scheduler/pace.ts";
import { CONFIG as DEFAULTS, MINUTE_MS, RULES, settled, World } from "./helpers.ts";

/** A lower cap and fewer checks, so that the longest back-off passes quickly. */
const CONFIG = { ...DEFAULTS, maxBackoffMs: 5 * MINUTE_MS, checkIntervalMs: 10_000 };
const THRESHOLD = RULES.newSamples!;

type Event =
  | { type: "labels"; count: number }
  | { type: "end"; how: "done" | "failed" | "crash" | "cancel" }
  | { type: "pass"; ms: number }
  | { type: "clock"; ms: number }
  | { type: "restart"; isChildGone: boolean }
  | { type: "pause"; isPaused: boolean }
  | { type: "trigger" };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("labels"), count: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("end"),
      how: fc.constantFrom("done", "failed", "failed", "crash", "cancel"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("pass"),
      ms: fc.constantFrom(500, 5_000, 31_000, 65_000, 250_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("clock"),
      ms: fc.integer({ min: -100_000_000, max: 100_000_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("restart"), isChildGone: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("pause"), isPaused: fc.constantFrom(true, false, false) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("trigger") }) },
) as fc.Arbitrary<Event>;

/** What the scheduler may do, kept beside it in the plainest way: every event is applied to both. */
class Model {
  failures = 0;
  notBeforeMs = Number.NEGATIVE_INFINITY;
  /** All labels, and how many of them the current run, the finished ones and those that a person cancelled have seen. */
  labels = 0;
  #seen = 0;
  #trained = 0;
  #refused = 0;
  isManual = false;
  #isOfScheduler = false;
  #lastEndWallMs: number | null = null;
  readonly #broken: string[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    world.onSpawn = () => {
      const { children, timers } = world;
      if (children.some(({ isAlive }) => isAlive)) this.#broken.push("two runs at once");
      if (!this.isManual && timers.nowMs < this.notBeforeMs) this.#broken.push("started inside the back-off");
      if (!this.isManual && this.fresh < THRESHOLD) this.#broken.push("started below the threshold");
      this.#seen = this.labels;
      this.#isOfScheduler = !this.isManual;
    };
  }

  /** Labels that count towards the next run. */
  get fresh(): number {
    return this.labels - Math.max(this.#trained, this.#refused);
  }

  ended(how: "done" | "failed" | "cancel"): void {
    if (how === "done") {
      this.#trained = Math.max(this.#trained, this.#seen);
      this.failures = 0;
    } else if (how === "failed") {
      this.failures += 1;
    } else if (this.#isOfScheduler) {
      this.#refused = Math.max(this.#refused, this.#seen);
    }
    this.#lastEndWallMs = this.#world.clock.timeMs;
    this.notBeforeMs = this.#world.timers.nowMs + pauseMs(this.failures, CONFIG);
  }

  /** After a restart only the stored times are left to tell how long ago the last run ended. */
  restarted(): void {
    if (this.#lastEndWallMs === null) return;
    const agoMs = Math.max(0, this.#world.clock.timeMs - this.#lastEndWallMs);
    this.notBeforeMs = this.#world.timers.nowMs + pauseMs(this.failures, CONFIG) - agoMs;
  }

  check(): void {
    expect(this.#broken).toEqual([]);
    expect(this.#world.errors).toEqual([]);
  }
}

async function apply(world: World, model: Model, event: Event): Promise<void> {
  const running = world.child;
  if (event.type === "labels") {
    for (let i = 0; i < event.count; i++) {
      model.labels += 1;
      await world.label(1);
    }
  } else if (event.type === "pass") {
    await world.timers.advance(event.ms);
  } else if (event.type === "clock") {
    world.clock.timeMs += event.ms;
  } else if (event.type === "pause") {
    await world.scheduler.setPaused({ paused: event.isPaused, by: LOCAL, reason: null });
  } else if (event.type === "trigger" && running === undefined) {
    model.isManual = true;
    await world.scheduler.trigger({ pipeline: "tuning", params: {}, trigger: "page", startedBy: LOCAL });
    model.isManual = false;
  } else if (event.type === "restart") {
    await world.kill();
    if (running !== undefined && event.isChildGone) {
      running.isAlive = false;
      model.ended("failed");
    }
    model.restarted();
    await world.startScheduler();
  } else if (event.type === "end") {
    if (running === undefined) await world.timers.advance(CONFIG.minIntervalMs + CONFIG.checkIntervalMs);
    else await end(world, model, event.how);
  }
  await settled();
}

async function end(world: World, model: Model, how: "done" | "failed" | "crash" | "cancel"): Promise<void> {
  const { child } = world;
  model.ended(how === "crash" ? "failed" : how);
  if (how === "cancel") {
    await world.scheduler.cancel(child.request.runId, LOCAL);
  } else if (how === "crash") {
    child.end({ code: null, signal: "SIGSEGV", stderrTail: "" });
    await settled();
  } else {
    await world.endRun(how);
  }
  // A run of the server before is noticed at the next check, and the wait counts from then.
  const noticedMs = world.timers.nowMs;
  await world.timers.advance(CONFIG.checkIntervalMs);
  model.notBeforeMs = Math.max(model.notBeforeMs, noticedMs + pauseMs(model.failures, CONFIG));
}

test("scheduler never runs two at once, never starts inside the back-off and never misses the threshold", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 15, maxLength: 40, size: "max" }), async (events) => {
      const world = await World.start(CONFIG);
      const model = new Model(world);
      for (const next of events) {
        await apply(world, model, next);
        model.check();
      }
      if (world.child !== undefined) await end(world, model, "done");
      await world.scheduler.setPaused({ paused: false, by: LOCAL, reason: null });
      await world.timers.advance(CONFIG.maxBackoffMs + CONFIG.checkIntervalMs);
      model.check();
      expect(world.child !== undefined).toBe(model.fresh >= THRESHOLD);
      await world.scheduler.stop();
      await world.store.close();
    }),
    { seed: 11, numRuns: 40 },
  );
}, 30_000);
