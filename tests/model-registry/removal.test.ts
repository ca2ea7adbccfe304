import { expect, test } from "bun:test";
import { COMMAND_LINE, LOCAL } from "../../src/domain/actor.ts";
import { NO_METRICS } from "../../src/domain/metrics.ts";
import { ConflictError, NotFoundError } from "../../src/lib/errors.ts";
import { deleteVersion, neededBy, prune, type RemovalDeps } from "../../src/model-registry/removal.ts";
import { createModelRegistry } from "../../src/model-registry/stored-registry.ts";
import { memoryStore, newRun, rejectionOf } from "../storage/helpers.ts";

const BY = { by: "cli", actor: COMMAND_LINE, reason: "a test" };

/** Version 1 is built in; 2 to 6 have files. */
async function registryWithFiles() {
  const store = await memoryStore();
  const registry = createModelRegistry({ store, name: "digits", check: async () => {} });
  await registry.ensureBase({ key: "builtin:base", sha256: "00", metrics: NO_METRICS });
  const onDisk = new Set<string>();
  for (let version = 2; version <= 6; version++) {
    const key = `registry/${version}`;
    onDisk.add(key);
    const gate = { passed: true, checks: [] };
    await registry.register({ key, sha256: key, runId: null, parentVersion: 1, metrics: NO_METRICS, gate });
  }
  const deps: RemovalDeps = {
    store,
    files: {
      exists: async (key) => onDisk.has(key),
      remove: async (key) => void onDisk.delete(key),
    },
  };
  return { store, registry, deps, onDisk };
}

test("deleteVersion() removes the files, keeps the record, and records by whom", async () => {
  const { registry, deps, onDisk } = await registryWithFiles();
  await deleteVersion(deps, 3, { actor: LOCAL, reason: "too old" });
  expect(onDisk.has("registry/3")).toBe(false);
  expect(await registry.get(3)).toMatchObject({ state: "deleted", key: "registry/3" });
  expect(await registry.changes({ version: 3, limit: 5 })).toMatchObject([
    { what: "deleted", detail: "too old", actor: LOCAL },
  ]);
  expect(await rejectionOf(deleteVersion(deps, 3, BY))).toBeInstanceOf(ConflictError);
  expect(await rejectionOf(deleteVersion(deps, 9, BY))).toBeInstanceOf(NotFoundError);
});

test("deleteVersion() is refused, with every reason, while an alias, a roll back or a run needs the version", async () => {
  const { registry, deps, store, onDisk } = await registryWithFiles();
  await registry.promote(2, BY);
  await registry.promote(3, BY);
  await registry.setAlias("stable", 2, BY);
  await store.runs.create(newRun("r1"));
  await store.runs.putNode("r1", {
    ...{
      node: "n",
      position: 1,
      status: "done",
      startedAt: null,
      finishedAt: null,
      durationMs: 1,
      reason: null,
    },
    inputs: [{ name: "model", fingerprint: null, version: "2", type: "model", shape: null }],
    outputs: [],
  });
  const refused = await rejectionOf(deleteVersion(deps, 2, BY));
  expect(refused).toBeInstanceOf(ConflictError);
  expect(refused.message).toBe(
    'Version 2 cannot be deleted: the alias "stable" points to it; a roll back may need it; run r1 is using it',
  );
  expect((await neededBy(deps, 3)).map(({ message }) => message)).toEqual([
    'the alias "champion" points to it',
  ]);
  expect((await rejectionOf(deleteVersion(deps, 1, BY))).message).toContain(
    "it is built into the executable",
  );
  expect(onDisk.size).toBe(5);
  await registry.removeAlias("stable", BY);
  await store.runs.update("r1", { status: "done" });
  await registry.rollback(BY);
  // Rolled back past it: nothing needs version 3 any longer.
  expect(await neededBy(deps, 3)).toEqual([]);
});

test("prune() removes what nothing needs, says what, and nothing in a dry run", async () => {
  const { registry, deps, onDisk } = await registryWithFiles();
  await registry.promote(2, BY);
  await registry.promote(6, BY);
  await registry.setAlias("stable", 3, BY);
  const expected = [{ version: 4, key: "registry/4" }];
  expect(await prune(deps, 2, { actor: COMMAND_LINE, isDryRun: true })).toEqual(expected);
  expect(onDisk.size).toBe(5);
  expect(await prune(deps, 2, { actor: COMMAND_LINE, isDryRun: false })).toEqual(expected);
  expect([...onDisk]).toEqual(["registry/2", "registry/3", "registry/5", "registry/6"]);
  expect(await registry.changes({ version: 4, limit: 5 })).toMatchObject([{ what: "pruned" }]);
  expect(await prune(deps, 2, { actor: COMMAND_LINE, isDryRun: false })).toEqual([]);
  expect(await registry.rollback(BY)).toMatchObject({ version: 2 });
});

test("prune() finishes a removal that was interrupted, and leaves files that another version shares", async () => {
  const { registry, deps, store, onDisk } = await registryWithFiles();
  await store.models.markDeleted({ version: 4, what: "deleted", detail: "", actor: LOCAL });
  const shared = {
    key: "registry/5",
    sha256: "x",
    runId: null,
    parentVersion: null,
    metrics: NO_METRICS,
    gate: null,
  };
  await registry.register(shared);
  await deleteVersion(deps, 5, BY);
  expect(onDisk.has("registry/5")).toBe(true);
  expect(onDisk.has("registry/4")).toBe(true);
  expect(await prune(deps, 100, { actor: COMMAND_LINE, isDryRun: false })).toEqual([]);
  expect(onDisk.has("registry/4")).toBe(false);
  expect(onDisk.has("registry/5")).toBe(true);
});
