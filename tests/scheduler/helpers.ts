import { NO_METRICS } from "../../src/domain/metrics.ts";
import type { NewSample } from "../../src/domain/sample.ts";
import type { DriftState } from "../../src/domain/scheduler/drift-state.ts";
import type { Store } from "../../src/domain/store.ts";
import type { Rules } from "../../src/scheduler/decision/rules.ts";
import type {
  ChildExit,
  ChildHandle,
  ChildRequest,
  SchedulerConfig,
  SchedulerEvent,
} from "../../src/scheduler/deps.ts";
import type { Scheduler } from "../../src/scheduler/scheduler.ts";
import { createScheduler } from "../../src/scheduler/scheduler.ts";
import type { Timers } from "../../src/scheduler/timers.ts";
import { schedulerStoreDeps } from "../../src/server/scheduler-store.ts";
import { openStore } from "../../src/storage/open.ts";
import { FakeClock, newSample } from "../storage/helpers.ts";

export const MINUTE_MS = 60_000;

export const RULES: Rules = {
  newSamples: 3,
  corrections: null,
  maxAgeMs: null,
  cron: null,
  hasDrift: false,
  combine: "any",
  quiet: null,
  approval: "none",
};

export const CONFIG: SchedulerConfig = {
  rules: RULES,
  firstModel: { classes: ["0", "7"], perClass: 2, total: 5, holdoutFraction: 0.2 },
  minIntervalMs: 30_000,
  maxBackoffMs: 60 * MINUTE_MS,
  checkIntervalMs: 2_000,
  graceMs: 3_000,
};

/** Resolves when everything that can go on without time passing has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Time that passes only when it is told to; whatever becomes due on the way is called in order. */
export class FakeTimers implements Timers {
  nowMs = 0;
  readonly #waiting = new Set<{ dueMs: number; work: () => void }>();
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  monotonicMs(): number {
    return this.nowMs;
  }

  after(delayMs: number, work: () => void): () => void {
    const timer = { dueMs: this.nowMs + delayMs, work };
    this.#waiting.add(timer);
    return () => this.#waiting.delete(timer);
  }

  async advance(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    await settled();
    while (true) {
      const [next] = [...this.#waiting]
        .filter(({ dueMs }) => dueMs <= endMs)
        .sort((a, b) => a.dueMs - b.dueMs);
      if (next === undefined) break;
      this.#passTo(next.dueMs);
      this.#waiting.delete(next);
      next.work();
      await settled();
    }
    this.#passTo(endMs);
  }

  /** As when the process dies. */
  forgetAll(): void {
    this.#waiting.clear();
  }

  get pending(): number {
    return this.#waiting.size;
  }

  #passTo(ms: number): void {
    this.#clock.timeMs += ms - this.nowMs;
    this.nowMs = ms;
  }
}

/** A child process that does nothing until the test ends it. */
export class FakeChild implements ChildHandle {
  readonly exit = Promise.withResolvers<ChildExit>();
  readonly exited = this.exit.promise;
  readonly signals: string[] = [];
  isAlive = true;
  /** Signals that end it at once. */
  endsOn: readonly string[] = ["SIGTERM", "SIGKILL"];
  readonly pid: number;
  readonly request: ChildRequest;

  constructor(pid: number, request: ChildRequest) {
    this.pid = pid;
    this.request = request;
  }

  kill(signal: string): void {
    this.signals.push(signal);
    if (this.endsOn.includes(signal)) this.end({ code: null, signal, stderrTail: "" });
  }

  end(exit: ChildExit): void {
    this.isAlive = false;
    this.exit.resolve(exit);
  }
}

/** Registers a model and makes it the champion. */
async function makeChampion(store: Store): Promise<void> {
  const { version } = await store.models.create({
    name: "digits",
    key: "06_models/x",
    sha256: "ab".repeat(32),
    runId: null,
    parentVersion: null,
    metrics: NO_METRICS,
    gate: null,
    state: "ready",
  });
  await store.models.moveAlias({
    alias: "champion",
    version,
    action: "promote",
    by: "start",
    ...{ actor: null, isForced: false, verdict: null },
    reason: "a test",
  });
}

/** A scheduler on a real store in memory, with children and time in the hand of the test. */
export class World {
  readonly clock: FakeClock;
  readonly timers: FakeTimers;
  /** What the drift trigger sees. */
  drift: DriftState | null = null;
  /** The versions that approved promotions made the champion. */
  readonly promoted: number[] = [];
  /** What the next promotion throws, once. */
  promoteError: Error | null = null;
  readonly children: FakeChild[] = [];
  readonly events: SchedulerEvent[] = [];
  /** What the next `spawnRun` throws, once. */
  spawnError: Error | null = null;
  onSpawn: (child: FakeChild) => void = () => {};
  scheduler!: Scheduler;
  #runs = 0;
  readonly store: Store;
  #config: SchedulerConfig;

  // biome-ignore lint/style/useConsistentMemberAccessibility: a constructor has no #.
  private constructor(store: Store, clock: FakeClock, config: SchedulerConfig) {
    this.store = store;
    this.clock = clock;
    this.timers = new FakeTimers(clock);
    this.#config = config;
  }

  /** @param hasModel whether there is a champion from the start. */
  static async start(
    { rules, ...config }: Partial<Omit<SchedulerConfig, "rules"> & { rules: Partial<Rules> }> = {},
    hasModel = true,
  ): Promise<World> {
    const clock = new FakeClock();
    const store = await openStore({ path: ":memory:", clock, holdoutFraction: 0.2 });
    if (hasModel) await makeChampion(store);
    const world = new World(store, clock, { ...CONFIG, ...config, rules: { ...RULES, ...rules } });
    await world.startScheduler();
    return world;
  }

  /** Other settings, as after a change on the Settings page. */
  set({ rules, ...config }: Partial<Omit<SchedulerConfig, "rules"> & { rules: Partial<Rules> }>): void {
    this.#config = { ...this.#config, ...config, rules: { ...this.#config.rules, ...rules } };
  }

  /** A new scheduler on the same store, as after a restart. */
  async startScheduler(): Promise<void> {
    this.scheduler = createScheduler({
      store: schedulerStoreDeps(this.store, this.clock),
      clock: this.clock,
      timers: this.timers,
      processes: {
        isAlive: ({ pid }) => this.#childWith(pid)?.isAlive ?? false,
        kill: (pid, signal) => this.#childWith(pid)?.kill(signal),
      },
      spawnRun: (request) => this.#spawn(request),
      formatParams: (params) =>
        Object.entries(params)
          .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
          .join(","),
      newId: () => `run-${++this.#runs}`,
      drift: async () => this.drift,
      promote: async (version) => this.#promote(version),
      config: () => this.#config,
      onEvent: (event) => this.events.push(event),
    });
    await this.scheduler.start();
    await settled();
  }

  /** The server is killed: its timers are gone, its children and the store are not. */
  async kill(): Promise<void> {
    this.timers.forgetAll();
  }

  async label(count: number, change: Partial<NewSample> = {}): Promise<void> {
    for (let i = 0; i < count; i++) {
      await this.store.samples.insert(newSample({ session: "s", ...change }));
      this.scheduler.notifyNewSample();
    }
    await settled();
  }

  /** The living child. */
  get child(): FakeChild {
    return this.children.findLast(({ isAlive }) => isAlive)!;
  }

  get errors(): unknown[] {
    return this.events.flatMap((event) => (event.type === "error" ? [event.error] : []));
  }

  /** The child stores its own end, as `tegaki run` does, and ends. */
  async endRun(status: "done" | "failed"): Promise<void> {
    const { child } = this;
    await this.store.runs.update(child.request.runId, { status, finishedAt: this.clock.now().toISOString() });
    child.end({ code: status === "done" ? 0 : 1, signal: null, stderrTail: "" });
    await settled();
  }

  /** A run that somebody typed in a terminal. */
  async startOtherRun(id: string): Promise<FakeChild> {
    const child = new FakeChild(9_000 + this.children.length, { runId: id, pipeline: "tuning", params: "" });
    this.children.push(child);
    await this.store.runs.create({
      id,
      pipeline: "tuning",
      params: {},
      trigger: "cli",
      command: "tegaki run",
    });
    await this.store.runs.update(id, { status: "running", pid: child.pid });
    return child;
  }

  #spawn(request: ChildRequest): FakeChild {
    if (this.spawnError !== null) {
      const error = this.spawnError;
      this.spawnError = null;
      throw error;
    }
    const child = new FakeChild(1_000 + this.children.length, request);
    this.onSpawn(child);
    this.children.push(child);
    return child;
  }

  #promote(version: number): void {
    const error = this.promoteError;
    this.promoteError = null;
    if (error !== null) throw error;
    this.promoted.push(version);
  }

  #childWith(pid: number): FakeChild | undefined {
    return this.children.find((child) => child.pid === pid);
  }
}
