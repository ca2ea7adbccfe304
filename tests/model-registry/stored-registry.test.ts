import { expect, test } from "bun:test";
import { LOCAL } from "../../src/domain/actor.ts";
import type { GateRecord } from "../../src/domain/gate.ts";
import { decodeMetrics, NO_METRICS } from "../../src/domain/metrics.ts";
import { ConflictError, InputError, NotFoundError, UnavailableError } from "../../src/lib/errors.ts";
import { createModelRegistry } from "../../src/model-registry/stored-registry.ts";
import { memoryStore, rejectionOf } from "../storage/helpers.ts";

const BASE = {
  key: "builtin:base",
  sha256: "00".repeat(32),
  metrics: decodeMetrics({ mnist_test: { n: 10_000, accuracy: 0.992 } }),
};
const PASSED: GateRecord = {
  passed: true,
  checks: [{ name: "MNIST accuracy", passed: true, detail: "99 %" }],
};
const REFUSED: GateRecord = {
  passed: false,
  checks: [{ name: "MNIST accuracy", passed: false, detail: "only 90 %" }],
};
const BY = { by: "page", actor: LOCAL, reason: "because" };

/** A registry with the base model as champion; versions in `unloadable` fail the check with the error given. */
async function startedRegistry() {
  const store = await memoryStore();
  const unloadable = new Map<number, Error>();
  const checked: number[] = [];
  const registry = createModelRegistry({
    store,
    name: "digits",
    async check({ version }) {
      checked.push(version);
      const error = unloadable.get(version);
      if (error !== undefined) throw error;
    },
  });
  await registry.ensureBase(BASE);
  const register = (gate: GateRecord | null = PASSED) =>
    registry.register({
      key: "06_models/x",
      sha256: "ab".repeat(32),
      runId: null,
      parentVersion: 1,
      metrics: NO_METRICS,
      gate,
    });
  const championVersion = async () => (await registry.champion())?.version ?? null;
  return { store, registry, register, unloadable, checked, championVersion };
}

test("ensureBase() makes the built-in model version 1 and champion of a new store, once", async () => {
  const { registry } = await startedRegistry();
  const again = await registry.ensureBase(BASE);
  expect(again).toMatchObject({
    version: 1,
    name: "digits",
    state: "ready",
    key: "builtin:base",
    gate: null,
  });
  expect(await registry.list()).toEqual([{ ...again, aliases: ["base", "champion"] }]);
  expect(await registry.deployments()).toMatchObject([
    { version: 1, previousVersion: null, action: "promote", by: "start" },
  ]);
});

test("ensureBase() leaves a promoted champion alone when a release brings another built-in model", async () => {
  const { registry, register, championVersion } = await startedRegistry();
  await register();
  await registry.promote(2, BY);
  const base = await registry.ensureBase({ ...BASE, sha256: "11".repeat(32) });
  expect(base.version).toBe(3);
  expect(await championVersion()).toBe(2);
});

test("ensureBase() replaces a champion that is the built-in model of another release", async () => {
  const { registry, championVersion } = await startedRegistry();
  await registry.ensureBase({ ...BASE, sha256: "11".repeat(32) });
  expect(await championVersion()).toBe(2);
});

test("register() numbers the candidate and keeps the gate's decision", async () => {
  const { registry, register } = await startedRegistry();
  expect(await register()).toMatchObject({ version: 2, name: "digits", state: "candidate", gate: PASSED });
  expect(await register(REFUSED)).toMatchObject({ version: 3, state: "rejected", gate: REFUSED });
  expect(await registry.get(2)).toMatchObject({ version: 2, aliases: [] });
  expect(await registry.get(9)).toBeNull();
});

test("promote() checks the model first, then moves the alias and marks it ready", async () => {
  const { registry, register, checked, championVersion } = await startedRegistry();
  await register();
  const deployment = await registry.promote(2, { ...BY, by: "gate", reason: "better", expectedPrevious: 1 });
  expect(deployment).toMatchObject({
    version: 2,
    previousVersion: 1,
    action: "promote",
    by: "gate",
    reason: "better",
  });
  expect(checked).toEqual([2]);
  expect(await championVersion()).toBe(2);
  expect(await registry.get(2)).toMatchObject({ state: "ready", aliases: ["champion"] });
});

test("promote() leaves the alias and marks the version broken when the check fails", async () => {
  const { registry, register, unloadable, championVersion } = await startedRegistry();
  await register();
  unloadable.set(2, new Error("weights.bin is cut short"));
  const refused = await rejectionOf(registry.promote(2, BY));
  expect(refused).toBeInstanceOf(ConflictError);
  expect(refused.message).toBe("Cannot promote version 2: it could not be loaded: weights.bin is cut short");
  expect(await championVersion()).toBe(1);
  expect((await registry.get(2))?.state).toBe("broken");
  expect((await rejectionOf(registry.promote(2, BY))).message).toContain("it could not be loaded");
  unloadable.clear();
  await registry.promote(2, { ...BY, isForced: true });
  expect(await registry.get(2)).toMatchObject({ state: "ready", aliases: ["champion"] });
});

test("promote() does not call a model broken when the machine refuses", async () => {
  const { registry, register, unloadable } = await startedRegistry();
  await register();
  unloadable.set(2, new UnavailableError("the disk reports an error"));
  expect(await rejectionOf(registry.promote(2, BY))).toBeInstanceOf(UnavailableError);
  expect((await registry.get(2))?.state).toBe("candidate");
});

test("promote() refuses a version that failed the gate or was not evaluated, unless it is forced", async () => {
  const { registry, register, checked } = await startedRegistry();
  await register(REFUSED);
  await register(null);
  const refused = await rejectionOf(registry.promote(2, BY));
  expect(refused).toBeInstanceOf(ConflictError);
  expect(refused.message).toContain("it failed the gate: only 90 %");
  expect((await rejectionOf(registry.promote(3, BY))).message).toContain("the gate has not evaluated it");
  await register({ ...REFUSED, verdict: "held" });
  expect((await rejectionOf(registry.promote(4, BY))).message).toContain("the gate holds it: only 90 %");
  expect(checked).toEqual([]);
  expect(await registry.promote(2, { ...BY, isForced: true })).toMatchObject({ version: 2 });
});

test("promote() throws ConflictError when the champion is not the expected one, or is this version already", async () => {
  const { registry, register } = await startedRegistry();
  await register();
  expect(await rejectionOf(registry.promote(2, { ...BY, expectedPrevious: 7 }))).toBeInstanceOf(
    ConflictError,
  );
  expect((await rejectionOf(registry.promote(1, BY))).message).toBe("Version 1 is already the champion");
  expect(await rejectionOf(registry.promote(9, BY))).toBeInstanceOf(NotFoundError);
});

test("promote() lets one of two win when both are promoted at once", async () => {
  const { registry, register, championVersion } = await startedRegistry();
  await register();
  await register();
  const results = await Promise.allSettled([registry.promote(2, BY), registry.promote(3, BY)]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const lost = results.find((result) => result.status === "rejected") as PromiseRejectedResult;
  expect(lost.reason).toBeInstanceOf(ConflictError);
  expect(await registry.deployments()).toHaveLength(2);
  expect(await championVersion()).toBe(results[0]!.status === "fulfilled" ? 2 : 3);
});

test("rollback() twice goes two champions back, and then says that there is none", async () => {
  const { registry, register, championVersion } = await startedRegistry();
  for (const version of [2, 3]) {
    await register();
    await registry.promote(version, BY);
  }
  expect(await registry.rollback(BY)).toMatchObject({ version: 2, previousVersion: 3, action: "rollback" });
  expect(await registry.rollback(BY)).toMatchObject({ version: 1, previousVersion: 2 });
  const error = await rejectionOf(registry.rollback(BY));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error.message).toContain("there is no earlier champion that works");
  expect(await championVersion()).toBe(1);
});

test("rollback() skips a version that is broken or turns out to be, and marks it", async () => {
  const { registry, register, unloadable, championVersion } = await startedRegistry();
  for (const version of [2, 3]) {
    await register();
    await registry.promote(version, BY);
  }
  unloadable.set(2, new Error("NaN in weights"));
  expect(await registry.rollback(BY)).toMatchObject({ version: 1, previousVersion: 3 });
  expect((await registry.get(2))?.state).toBe("broken");
  expect(await championVersion()).toBe(1);
});

test("rollback() stops and changes nothing when the machine refuses to load the version before", async () => {
  const { registry, register, unloadable, championVersion } = await startedRegistry();
  await register();
  await registry.promote(2, BY);
  unloadable.set(1, new UnavailableError("the disk reports an error"));
  expect(await rejectionOf(registry.rollback(BY))).toBeInstanceOf(UnavailableError);
  expect(await championVersion()).toBe(2);
});

test("fallBack() marks the champion broken and puts the last working one in its place", async () => {
  const { registry, register, championVersion } = await startedRegistry();
  await register();
  await registry.promote(2, BY);
  const deployment = await registry.fallBack({ ...BY, by: "start" });
  expect(deployment).toMatchObject({ version: 1, previousVersion: 2, action: "fallback", by: "start" });
  expect((await registry.get(2))?.state).toBe("broken");
  expect(await championVersion()).toBe(1);
  expect(await rejectionOf(registry.fallBack(BY))).toBeInstanceOf(ConflictError);
});

test("promote() records who moved the alias, the gate's verdict at that moment, and whether it was forced", async () => {
  const { registry, register } = await startedRegistry();
  await register();
  await register(REFUSED);
  const actor = { kind: "token", name: "ci" } as const;
  const plain = await registry.promote(2, { ...BY, actor, isForced: true });
  // It had passed: the force was not needed.
  expect(plain).toMatchObject({ actor, isForced: false, verdict: "not_worse" });
  const forced = await registry.promote(3, { ...BY, actor, isForced: true });
  expect(forced).toMatchObject({ actor, isForced: true, verdict: "rejected" });
  expect(await registry.get(3)).toMatchObject({ isForced: true });
  expect(await registry.get(2)).toMatchObject({ isForced: false });
  expect(await registry.rollback({ ...BY, actor })).toMatchObject({ actor, isForced: false, version: 2 });
  const log = await registry.deploymentLog({ limit: 10 });
  expect(log.map(({ version, isForced }) => [version, isForced])).toEqual([
    [2, false],
    [3, true],
    [2, false],
    [1, false],
  ]);
});

test("rollbackTarget() names the version that will answer: not a broken, deleted or missing one", async () => {
  const store = await memoryStore();
  const missing = new Set<string>();
  const registry = createModelRegistry({
    ...{ store, name: "digits", check: async () => {} },
    hasFiles: async (key) => !missing.has(key),
  });
  await registry.ensureBase(BASE);
  expect(await registry.rollbackTarget()).toBeNull();
  for (const key of ["registry/a", "registry/b", "registry/c", "registry/d"]) {
    const entry = { key, sha256: "ab".repeat(32), runId: null, parentVersion: 1, metrics: NO_METRICS };
    const { version } = await registry.register({ ...entry, gate: PASSED });
    await registry.promote(version, BY);
  }
  expect(await registry.rollbackTarget()).toBe(4);
  await store.models.update(4, { state: "broken" });
  expect(await registry.rollbackTarget()).toBe(3);
  missing.add("registry/b");
  expect(await registry.rollbackTarget()).toBe(2);
  await store.models.markDeleted({ version: 2, what: "deleted", detail: "", actor: LOCAL });
  expect(await registry.rollbackTarget()).toBe(1);
  expect(await registry.rollback(BY)).toMatchObject({ version: 1 });
  expect(await registry.rollbackTarget()).toBeNull();
});

test("rollback() refuses when another version than the expected one would answer", async () => {
  const { registry, register, unloadable, championVersion } = await startedRegistry();
  await register();
  await register();
  await registry.promote(2, BY);
  await registry.promote(3, BY);
  unloadable.set(2, new Error("weights.bin is cut short"));
  const refused = await rejectionOf(registry.rollback({ ...BY, expectedVersion: 2 }));
  expect(refused).toBeInstanceOf(ConflictError);
  expect(refused.message).toContain("version 1 would answer now");
  expect(await championVersion()).toBe(3);
  expect(await registry.rollback({ ...BY, expectedVersion: 1 })).toMatchObject({ version: 1 });
});

test("of ten promotions at the same time one wins, and the others are refused", async () => {
  const { registry, register, championVersion } = await startedRegistry();
  for (let i = 0; i < 10; i++) await register();
  const versions = Array.from({ length: 10 }, (_, i) => i + 2);
  const results = await Promise.allSettled(versions.map((version) => registry.promote(version, BY)));
  const won = results.filter((result) => result.status === "fulfilled");
  const lost = results.filter((result) => result.status === "rejected");
  expect([won.length, lost.length]).toEqual([1, 9]);
  for (const { reason } of lost) expect(reason).toBeInstanceOf(ConflictError);
  expect(await championVersion()).toBe(won[0]!.value.version);
  expect(await registry.deployments()).toHaveLength(2);
});

test("promote() refuses a deleted version, even with force", async () => {
  const { registry, register, store } = await startedRegistry();
  await register();
  await store.models.markDeleted({ version: 2, what: "deleted", detail: "", actor: LOCAL });
  for (const isForced of [false, true]) {
    const refused = await rejectionOf(registry.promote(2, { ...BY, isForced }));
    expect(refused).toBeInstanceOf(ConflictError);
    expect(refused.message).toContain("were removed");
  }
});

test("setAlias() moves any alias but champion and base, and annotate() keeps to its limits", async () => {
  const { registry, register } = await startedRegistry();
  await register();
  await registry.setAlias("challenger", 2, BY);
  await registry.setAlias("stable", 1, BY);
  expect(await registry.aliases()).toEqual({ base: 1, champion: 1, challenger: 2, stable: 1 });
  expect(await registry.removeAlias("challenger", BY)).toBe(2);
  expect(await registry.removeAlias("challenger", BY)).toBeNull();
  for (const alias of ["champion", "base"]) {
    expect(await rejectionOf(registry.setAlias(alias, 2, BY))).toBeInstanceOf(InputError);
    expect(await rejectionOf(registry.removeAlias(alias, BY))).toBeInstanceOf(InputError);
  }
  const changed = await registry.annotate(2, { note: "good", tags: { team: "kanji" } }, BY);
  expect(changed).toMatchObject({ note: "good", tags: { team: "kanji" }, aliases: [] });
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`t${i}`, ""]));
  for (const change of [
    { note: "x".repeat(2_001) },
    { tags: { "a b": "x" } },
    { tags: { a: "x".repeat(201) } },
    { tags: { a: "line\nbreak" } },
    { tags: many },
  ]) {
    expect(await rejectionOf(registry.annotate(2, change, BY))).toBeInstanceOf(InputError);
  }
  expect(await rejectionOf(registry.annotate(9, { note: "x" }, BY))).toBeInstanceOf(NotFoundError);
});
