import { beforeEach, describe, expect, test } from "bun:test";
import { LOCAL, SCHEDULE } from "../../src/domain/actor.ts";
import { decodeMetrics } from "../../src/domain/metrics.ts";
import type { Model } from "../../src/domain/model.ts";
import type { Sample } from "../../src/domain/sample.ts";
import type { Store } from "../../src/domain/store.ts";
import type { TrialRules } from "../../src/domain/trials/trial.ts";
import { createLog } from "../../src/lib/log.ts";
import { createRandom } from "../../src/lib/random.ts";
import { StoredModelRegistry } from "../../src/model-registry/stored-registry.ts";
import { isBarred } from "../../src/trials/barred.ts";
import { createTrialKeeper } from "../../src/trials/keeper.ts";
import { offerChallenger, startTrial, stopTrial } from "../../src/trials/start-trial.ts";
import { FakeClock, memoryStore, newSample } from "../storage/helpers.ts";
import { RULES } from "./support.ts";

/** The store, in which `act` happens before the call number `at` of trials or models. */
function interrupted(
  store: Store,
  at: number,
  act: () => Promise<unknown>,
): { store: Store; calls(): number } {
  let calls = 0;
  const interrupting = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return async (...args: unknown[]) => {
          calls += 1;
          if (calls === at) await act();
          return value.apply(target, args);
        };
      },
    });
  const [trials, models] = [interrupting(store.trials), interrupting(store.models)];
  const proxy = new Proxy(store, {
    get: (target, name) =>
      name === "trials" ? trials : name === "models" ? models : Reflect.get(target, name),
  });
  return { store: proxy, calls: () => calls };
}

/** The fields of a move that these tests do not look at. */
const MOVED = { actor: SCHEDULE, isForced: false, verdict: null };

/** A server's trials, where version v classifies the first share of each hundred drawings correctly. */
class Bench {
  readonly clock = new FakeClock();
  readonly lines: string[] = [];
  readonly accuracy = new Map<number, number>();
  readonly loaded: number[] = [];
  readonly #random = createRandom(5);
  readonly #truth = new Map<string, string>();
  failing: number | null = null;
  moves = true;

  readonly store: Store;
  readonly rules: TrialRules;

  constructor(store: Store, rules: TrialRules = RULES) {
    this.store = store;
    this.rules = rules;
  }

  registry = () =>
    new StoredModelRegistry({
      store: this.store,
      name: "digits",
      check: async (model) => this.#check(model),
    });

  #check({ version }: Model): void {
    if (version === this.failing) throw new Error("weights.bin is damaged");
  }

  /** A new keeper, as after a restart. */
  keeper() {
    const log = createLog({ clock: this.clock, write: ({ message }) => void this.lines.push(message) });
    return createTrialKeeper({
      ...{
        store: this.store,
        registry: this.registry(),
        settings: () => ({ rules: this.rules, watches: true, moves: this.moves }),
        log,
      },
      use: async (models) => {
        this.loaded.splice(0, Infinity, ...models.map(({ version }) => version));
        return new Map(
          models
            .filter(({ version }) => version === this.failing)
            .map(({ version }) => [version, new Error("damaged")]),
        );
      },
      labelsOf: async (pixels) =>
        new Map([...this.accuracy.keys()].map((version) => [version, this.#labelOf(version, pixels)])),
    });
  }

  #labelOf(version: number, pixels: Uint8Array): string {
    const truth = this.#truth.get(pixels.slice(0, 8).toHex())!;
    const luck = (pixels[8 + version]! + 0.5) / 256;
    return luck < this.accuracy.get(version)! ? truth : "x";
  }

  async model(version: number, accuracy: number, change: Partial<Model> = {}): Promise<void> {
    this.accuracy.set(version, accuracy);
    const created = await this.store.models.create({
      ...{
        name: "digits",
        key: `k${version}`,
        sha256: String(version).repeat(64),
        runId: null,
        parentVersion: null,
      },
      ...{ metrics: decodeMetrics({}), gate: { passed: true, checks: [] }, state: "candidate", ...change },
    });
    expect(created.version).toBe(version);
  }

  /** Stores labelled drawings, on which the models are independently correct. */
  async label(n: number, change: Parameters<typeof newSample>[0] = {}): Promise<Sample[]> {
    const samples: Sample[] = [];
    for (let i = 0; i < n; i++) {
      this.clock.timeMs += 1_000;
      const pixels = Uint8Array.from({ length: 784 }, () => this.#random.int(256));
      this.#truth.set(pixels.slice(0, 8).toHex(), "7");
      samples.push((await this.store.samples.insert(newSample({ pixels, label: "7", ...change }))).sample);
    }
    return samples;
  }

  async champion(): Promise<number | undefined> {
    return (await this.store.models.aliases()).champion;
  }
}

let bench: Bench;

/** Version 1 is the champion. */
async function benchWithChampion(rules: TrialRules = RULES): Promise<Bench> {
  const created = new Bench(await memoryStore(), rules);
  await created.model(1, 0.95, { state: "ready" });
  await created.store.models.moveAlias({
    ...{ alias: "champion", version: 1, action: "promote", ...MOVED },
    ...{ by: "start", reason: "" },
  });
  return created;
}

beforeEach(async () => {
  bench = await benchWithChampion();
});

const request = (version: number) => ({ version, actor: LOCAL, reason: "tried by hand", rules: bench.rules });

describe("a challenger", () => {
  test("that is better goes live, with the figures in the log of deployments", async () => {
    await bench.model(2, 0.999);
    await bench.model(1 + 2, 0.5);
    await offerChallenger(bench.store, { ...request(2), actor: SCHEDULE });
    const keeper = bench.keeper();
    await keeper.turn();
    expect(bench.loaded).toEqual([2]);
    expect((await bench.store.models.aliases()).challenger).toBe(2);
    while ((await bench.champion()) === 1) {
      await bench.label(50);
      await keeper.turn();
    }
    const [trial] = await bench.store.trials.list();
    expect(trial).toMatchObject({
      kind: "challenge",
      outcome: "promoted",
      endedBy: SCHEDULE,
      startedBy: SCHEDULE,
    });
    const [deployment] = await bench.store.models.deployments();
    expect(deployment).toMatchObject({ version: 2, previousVersion: 1, by: "trial" });
    expect(deployment!.reason).toMatch(
      /^Model 2 is better than model 1: of \d+ labelled drawings, \d+ were classified correctly only by model 2 and \d+ only by model 1\. Were both equally good, fewer than 1 in [\d,]{6,} trials would show this$/,
    );
    expect((await bench.store.models.aliases()).challenger).toBeUndefined();
  });

  test("that is worse is dropped, and the champion stays", async () => {
    await bench.model(2, 0.6);
    await startTrial(bench.store, request(2));
    const keeper = bench.keeper();
    await keeper.turn();
    await bench.label(150);
    await keeper.turn();
    expect((await bench.store.trials.list())[0]).toMatchObject({ outcome: "worse", startedBy: LOCAL });
    expect(await bench.champion()).toBe(1);
    await keeper.turn();
    expect(bench.loaded).toEqual([]);
  });

  test("without a difference after max_labels is dropped, or promoted where server.yml says so", async () => {
    for (const [withoutDifference, outcome, champion] of [
      ["keep_champion", "no_difference", 1],
      ["promote", "promoted", 2],
    ] as const) {
      const rules = { ...RULES, maxLabels: 40, withoutDifference };
      bench = await benchWithChampion(rules);
      await bench.model(2, 0.95);
      await startTrial(bench.store, request(2));
      const keeper = bench.keeper();
      await keeper.turn();
      await bench.label(39);
      await keeper.turn();
      expect((await bench.store.trials.list())[0]!.state).toBe("running");
      await bench.label(1);
      await keeper.turn();
      expect((await bench.store.trials.list())[0]).toMatchObject({ outcome });
      expect(await bench.champion()).toBe(champion);
    }
  });

  test("waits until the current trial has ended; a newer one takes its place", async () => {
    for (const version of [2, 3, 4]) await bench.model(version, 0.95);
    const keeper = bench.keeper();
    await offerChallenger(bench.store, request(2));
    await keeper.turn();
    await offerChallenger(bench.store, request(3));
    await offerChallenger(bench.store, request(4));
    await keeper.turn();
    const states = async () =>
      (await bench.store.trials.list()).map(({ other, state, outcome }) => [other, outcome ?? state]);
    expect(await states()).toEqual([
      [4, "waiting"],
      [3, "superseded"],
      [2, "running"],
    ]);
    await stopTrial(bench.store, 1, LOCAL);
    await keeper.turn();
    expect(await states()).toEqual([
      [4, "running"],
      [3, "superseded"],
      [2, "stopped"],
    ]);
  });

  test("that is stopped by hand in the middle of a turn does not begin again, whichever step that is before", async () => {
    let steps = Number.POSITIVE_INFINITY;
    for (let at = 1; at <= steps; at++) {
      const own = await benchWithChampion();
      await own.model(2, 0.95);
      await startTrial(own.store, { version: 2, actor: LOCAL, reason: "", rules: RULES });
      await own.keeper().turn();
      const [running] = await own.store.trials.open();
      expect(running?.state).toBe("running");
      const { store, calls } = interrupted(own.store, at, () => stopTrial(own.store, running!.id, LOCAL));
      const other = new Bench(store);
      other.accuracy.set(1, 0.9).set(2, 0.95);
      await other.keeper().turn();
      await own.keeper().turn();
      // In a turn that is never interrupted, it goes on.
      if (calls() < at) steps = at;
      else {
        expect([at, await own.store.trials.open()]).toEqual([at, []]);
        expect((await own.store.models.aliases()).challenger).toBeUndefined();
      }
    }
    expect(steps).toBeGreaterThan(5);
  });

  test("that only its alias names is tried, and stopped when the alias is removed", async () => {
    await bench.model(2, 0.95);
    await bench.store.models.moveAlias({
      alias: "challenger",
      version: 2,
      action: "promote",
      ...MOVED,
      by: "cli",
      reason: "",
    });
    const keeper = bench.keeper();
    await keeper.turn();
    expect((await bench.store.trials.open())[0]).toMatchObject({ other: 2, state: "running", champion: 1 });
    await bench.model(3, 0.95);
    await bench.store.models.moveAlias({
      alias: "challenger",
      version: 3,
      action: "promote",
      ...MOVED,
      by: "cli",
      reason: "",
    });
    await keeper.turn();
    const found = (await bench.store.trials.list()).map(({ other, outcome }) => [other, outcome]);
    expect(found[1]).toEqual([2, "stopped"]);
  });

  test("starts over against a champion that changed, because its pairs were of another one", async () => {
    for (const version of [2, 3]) await bench.model(version, 0.95);
    await startTrial(bench.store, request(2));
    const keeper = bench.keeper();
    await keeper.turn();
    await bench.label(5);
    await keeper.turn();
    await bench.registry().promote(3, { actor: MOVED.actor, by: "page", reason: "" });
    await keeper.turn();
    const [, again, first] = await bench.store.trials.list();
    expect(first).toMatchObject({ outcome: "champion_changed", endReason: "The champion is now model 3." });
    expect(
      [again, ...(await bench.store.trials.open())].filter((one) => one?.kind === "challenge")[0],
    ).toMatchObject({
      ...{ other: 2, champion: 3, state: "running", startedBy: LOCAL },
      tally: { n: 0 },
    });
  });

  test("that cannot be loaded ends its trial with the reason", async () => {
    await bench.model(2, 0.95);
    bench.failing = 2;
    await startTrial(bench.store, request(2));
    await bench.keeper().turn();
    expect((await bench.store.trials.list())[0]).toMatchObject({
      ...{ outcome: "unusable", endReason: "Model 2 cannot be loaded: damaged" },
    });
  });
});

describe("the watch", () => {
  async function promoteForced(version: number): Promise<void> {
    await bench
      .registry()
      .promote(version, { actor: MOVED.actor, by: "page", reason: "I insist", isForced: true });
  }

  test("rolls a worse champion back automatically, with actor, reason, log line and notice", async () => {
    await bench.model(2, 0.5, { gate: { passed: false, checks: [] }, state: "rejected" });
    await promoteForced(2);
    const keeper = bench.keeper();
    await keeper.turn();
    expect(bench.loaded).toEqual([1]);
    while ((await bench.champion()) === 2) {
      await bench.label(10);
      await keeper.turn();
    }
    const [deployment] = await bench.store.models.deployments();
    expect(deployment).toMatchObject({
      version: 1,
      previousVersion: 2,
      action: "rollback",
      actor: SCHEDULE,
      by: "trial",
    });
    const reason =
      /^Model 2 was rolled back to model 1: of \d+ labelled drawings, \d+ were classified correctly only by model 1/;
    expect(deployment!.reason).toMatch(reason);
    expect(bench.lines.filter((line) => reason.test(line))).toHaveLength(1);
    const [trial] = await bench.store.trials.list();
    expect(trial).toMatchObject({
      kind: "watch",
      outcome: "rolled_back",
      endedBy: SCHEDULE,
      champion: 2,
      other: 1,
    });
    expect(trial!.tally.n).toBeLessThanOrEqual(100);
    const [notice] = await bench.store.notices.open();
    expect(notice).toMatchObject({ href: "/models/trials", says: { key: "rolledBack" } });
    expect(notice!.message).toMatch(reason);
    await keeper.turn();
    expect(await bench.store.trials.open()).toEqual([]);
  });

  test("never promotes a version again that was rolled back automatically, nor one with the same files", async () => {
    await bench.model(2, 0.5);
    await promoteForced(2);
    const keeper = bench.keeper();
    await keeper.turn();
    await bench.label(120);
    await keeper.turn();
    expect(await bench.champion()).toBe(1);
    bench.accuracy.set(2, 0.999);
    await bench.model(3, 0.999, { sha256: "2".repeat(64) });
    expect(await offerChallenger(bench.store, request(2))).toBeNull();
    expect(await offerChallenger(bench.store, request(3))).toBeNull();
    expect(startTrial(bench.store, request(3))).rejects.toThrow("was rolled back automatically");
    expect(await isBarred(bench.store, { version: 9, sha256: "9".repeat(64) })).toBe(false);
    await bench.store.models.moveAlias({
      alias: "challenger",
      version: 3,
      action: "promote",
      ...MOVED,
      by: "cli",
      reason: "",
    });
    await keeper.turn();
    await keeper.turn();
    expect((await bench.store.trials.list())[0]).toMatchObject({ other: 3, outcome: "unusable" });
  });

  test("lets a champion that is not worse stay, and ends after max_labels", async () => {
    bench = new Bench(bench.store, { ...RULES, maxLabels: 60 });
    bench.accuracy.set(1, 0.95);
    await bench.model(2, 0.95);
    await promoteForced(2);
    const keeper = bench.keeper();
    await keeper.turn();
    await bench.label(60);
    await keeper.turn();
    expect((await bench.store.trials.list())[0]).toMatchObject({ kind: "watch", outcome: "confirmed" });
    await keeper.turn();
    expect((await bench.store.trials.list()).length).toBe(1);
    expect(await bench.champion()).toBe(2);
  });

  test("moves nothing where promotion is manual: a notice says what the labels show", async () => {
    bench.moves = false;
    await bench.model(2, 0.5);
    await promoteForced(2);
    const keeper = bench.keeper();
    await keeper.turn();
    await bench.label(120);
    await keeper.turn();
    expect(await bench.champion()).toBe(2);
    expect((await bench.store.trials.list())[0]).toMatchObject({ outcome: "advised", endedBy: SCHEDULE });
    const [notice] = await bench.store.notices.open();
    expect(notice!.message).toMatch(
      /^Model 2 is worse than the previous model 1: .* Nothing was changed, because promotion is manual$/,
    );
    await keeper.turn();
    expect(await bench.store.trials.open()).toEqual([]);
  });

  test("continues after a restart, also when the server died between the roll back and its record", async () => {
    await bench.model(2, 0.5);
    await promoteForced(2);
    await bench.keeper().turn();
    await bench.label(8);
    await bench.keeper().turn();
    expect((await bench.store.trials.open())[0]!.tally.n).toBe(8);
    await bench.registry().rollback({ actor: MOVED.actor, by: "trial", reason: "decided before the crash" });
    await bench.keeper().turn();
    expect((await bench.store.trials.list())[0]).toMatchObject({ outcome: "rolled_back" });
    expect(await bench.store.notices.open()).toHaveLength(1);
  });

  test("ends without a notice when a person rolls back", async () => {
    await bench.model(2, 0.5);
    await promoteForced(2);
    const keeper = bench.keeper();
    await keeper.turn();
    await bench.registry().rollback({ actor: MOVED.actor, by: "page", reason: "" });
    await keeper.turn();
    expect((await bench.store.trials.list()).map(({ outcome }) => outcome)).toEqual(["champion_changed"]);
    expect(await bench.store.notices.open()).toEqual([]);
  });

  test("does not roll back when nothing earlier works, and says so", async () => {
    await bench.model(2, 0.5);
    await promoteForced(2);
    const keeper = bench.keeper();
    await keeper.turn();
    await bench.label(120);
    await bench.store.models.update(1, { state: "broken" });
    await keeper.turn();
    expect(await bench.champion()).toBe(2);
    expect((await bench.store.trials.list())[0]).toMatchObject({ outcome: "unusable" });
    expect(bench.lines.at(-1)).toContain("there is no earlier champion that works");
  });
});

describe("labels", () => {
  async function watched() {
    await bench.model(2, 0.5);
    await bench.registry().promote(2, { actor: MOVED.actor, by: "page", reason: "" });
    const keeper = bench.keeper();
    await keeper.turn();
    return keeper;
  }

  test("that are mended, withdrawn or deleted correct the trial", async () => {
    const keeper = await watched();
    const [first, second, third] = await bench.label(12);
    await keeper.turn();
    const before = (await bench.store.trials.open())[0]!.tally;
    expect(before.n).toBe(12);
    await bench.store.samples.update(first!.id, { label: "x" }, LOCAL);
    await bench.store.samples.update(second!.id, { state: "rejected" }, LOCAL);
    await bench.store.samples.delete(third!.id, LOCAL);
    await keeper.turn();
    const after = (await bench.store.trials.open())[0]!.tally;
    expect(after.n).toBe(10);
    expect(after.byClass.x?.n).toBe(1);
    await bench.store.samples.update(second!.id, { state: "labelled" }, LOCAL);
    await keeper.turn();
    expect((await bench.store.trials.open())[0]!.tally.n).toBe(11);
  });

  test("that were imported, or stored before the trial, are no pairs", async () => {
    await bench.label(3);
    const keeper = await watched();
    await bench.label(4, { source: "import" });
    await bench.label(2, { source: "api" });
    await keeper.turn();
    expect((await bench.store.trials.open())[0]!.tally.n).toBe(2);
  });

  test("from one writer alone do not roll a champion back where others labelled before", async () => {
    for (const writer of ["ann", "bob", "cem", "dee", "eve"]) await bench.label(1, { writer });
    const keeper = await watched();
    await bench.label(100, { writer: "mallory" });
    await keeper.turn();
    expect(await bench.champion()).toBe(2);
    expect((await bench.store.trials.open())[0]!.tally.capped).toBeGreaterThan(20);
    for (let i = 0; i < 12; i++)
      for (const writer of ["ann", "bob", "cem", "dee", "eve"]) await bench.label(1, { writer });
    await keeper.turn();
    expect(await bench.champion()).toBe(1);
  });
});

test("startTrial() refuses the champion, unknown and rejected versions, and a second trial", async () => {
  await bench.model(2, 0.95);
  await bench.model(3, 0.95, { state: "rejected", gate: { passed: false, checks: [] } });
  await bench.model(4, 0.95);
  expect(startTrial(bench.store, request(1))).rejects.toThrow("Model 1 is the champion");
  expect(startTrial(bench.store, request(9))).rejects.toThrow("There is no model version 9");
  expect(startTrial(bench.store, request(3))).rejects.toThrow("failed the gate");
  await startTrial(bench.store, request(2));
  expect(startTrial(bench.store, request(4))).rejects.toThrow("Model 2 is on trial. Stop that trial first");
  await stopTrial(bench.store, 1, LOCAL);
  expect(stopTrial(bench.store, 1, LOCAL)).rejects.toThrow("Trial 1 has already ended");
  expect(stopTrial(bench.store, 7, LOCAL)).rejects.toThrow("There is no trial 7");
});
