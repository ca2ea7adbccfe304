import type { Actor } from "../domain/actor.ts";
import { CHAMPION, ROLLBACK_LOG } from "../domain/deployment.ts";
import { BUILTIN_MODEL_KEY, type ModelFileRecord } from "../domain/model.ts";
import type { ModelStore, Store } from "../domain/store.ts";
import { ConflictError, NotFoundError } from "../lib/errors.ts";
import { type Saying, type Sentence, saying } from "../lib/saying.ts";
import { ROLLBACK_STEPS, versionsToRollBackTo } from "./history.ts";
import { versionsToPrune } from "./retention.ts";

/** The files of registered versions. */
export interface RegisteredFiles {
  /** Whether the files of a key exist, without reading them. */
  exists(key: string): Promise<boolean>;
  /** Removes the files of a key; those that do not exist are ignored. */
  remove(key: string): Promise<void>;
}

/** Number of newest removed versions whose files are looked for: an interrupted removal is a recent one. */
const INTERRUPTED_AT_MOST = 1_000;

/** A version whose files retention removes. */
export interface PrunedVersion {
  version: number;
  key: string;
}

/** The store and the files that versions are removed from. */
export interface RemovalDeps {
  store: { models: ModelStore; runs: Pick<Store["runs"], "list" | "nodes"> };
  files: RegisteredFiles;
}

/** Returns why a version must keep its files; empty when nothing needs them. */
export async function neededBy({ store }: RemovalDeps, version: number): Promise<Sentence[]> {
  const model = await store.models.get(version);
  if (model === null) throw noVersion(version);
  const aliases = Object.entries(await store.models.aliases());
  const reasons = aliases
    .filter(([, points]) => points === version)
    .map(([alias]) => ({
      message: `the alias "${alias}" points to it`,
      says: saying("need.alias", { alias }),
    }));
  if ((await rollbackVersions(store.models)).includes(version)) {
    reasons.push({ message: "a roll back may need it", says: saying("need.rollback") });
  }
  const run = (await versionsOfRuns(store)).get(version);
  if (run !== undefined) {
    reasons.push({ message: `run ${run} is using it`, says: saying("need.run", { runId: run }) });
  }
  if (model.key === BUILTIN_MODEL_KEY) {
    reasons.push({ message: "it is built into the executable", says: saying("need.builtin") });
  }
  return reasons;
}

/**
 * Removes the files of a version. Its record stays, with the state `deleted`.
 * @throws NotFoundError when there is no such version; ConflictError naming everything that needs it, or when its files
 *   were removed before.
 */
export async function deleteVersion(
  deps: RemovalDeps,
  version: number,
  by: { actor: Actor; reason: string },
): Promise<void> {
  const reasons = await neededBy(deps, version);
  if (reasons.length > 0) {
    const list = reasons.map(({ message }) => message).join("; ");
    throw new ConflictError(`Version ${version} cannot be deleted: ${list}`, {
      says: saying("versionNeeded", { version, reasons: listOf(reasons) }),
    });
  }
  await remove(deps, version, { ...by, what: "deleted" });
}

/**
 * Removes the files of versions that nothing needs, all but the newest `keep`. It also finishes removals that were
 * interrupted.
 * @param by.isDryRun only returns what would be removed.
 * @returns the removed versions, newest first.
 */
export async function prune(
  deps: RemovalDeps,
  keep: number,
  by: { actor: Actor; isDryRun: boolean },
): Promise<PrunedVersion[]> {
  const { store, files } = deps;
  const records = await store.models.files();
  if (!by.isDryRun) await finishRemovals(deps, records);
  if (records.length <= keep) return [];
  const needed = new Set([
    ...Object.values(await store.models.aliases()),
    ...(await rollbackVersions(store.models)),
    ...(await versionsOfRuns(store)).keys(),
  ]);
  const found: PrunedVersion[] = [];
  for (const { version, key } of versionsToPrune(records, keep, needed)) {
    if (!(await files.exists(key))) continue;
    if (!by.isDryRun) {
      const reason = `more than ${keep} newer versions, and nothing needs it`;
      await remove(deps, version, { actor: by.actor, reason, what: "pruned" });
    }
    found.push({ version, key });
  }
  return found;
}

/** First the record, then the files: a crash in between leaves files that nothing refers to, which `prune` removes. */
async function remove(
  { store, files }: RemovalDeps,
  version: number,
  { actor, reason, what }: { actor: Actor; reason: string; what: "deleted" | "pruned" },
): Promise<void> {
  const { key } = await store.models.markDeleted({ version, what, detail: reason, actor });
  const isShared = (await store.models.files()).some((one) => one.key === key && one.state !== "deleted");
  if (!isShared) await files.remove(key);
}

async function finishRemovals({ files }: RemovalDeps, records: readonly ModelFileRecord[]): Promise<void> {
  const used = new Set(records.filter(({ state }) => state !== "deleted").map(({ key }) => key));
  const deleted = records.filter(({ key, state }) => state === "deleted" && !used.has(key));
  for (const { key } of deleted.slice(0, INTERRUPTED_AT_MOST)) {
    if (key !== BUILTIN_MODEL_KEY && (await files.exists(key))) await files.remove(key);
  }
}

/** The versions that one can roll back to: the nearest ones that still have files. */
async function rollbackVersions(models: ModelStore): Promise<number[]> {
  const usable = new Set(
    (await models.files())
      .filter(({ state }) => state !== "broken" && state !== "deleted")
      .map(({ version }) => version),
  );
  const log = await models.deployments({ alias: CHAMPION, limit: ROLLBACK_LOG });
  return versionsToRollBackTo(log)
    .filter((version) => usable.has(version))
    .slice(0, ROLLBACK_STEPS);
}

/** The versions that unfinished runs have loaded, each with one of the runs. */
async function versionsOfRuns({ runs }: RemovalDeps["store"]): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const status of ["running", "queued"] as const) {
    for (const { id } of (await runs.list({ status, limit: 200 })).runs) {
      for (const { inputs } of await runs.nodes(id)) {
        // A version of files is a time, that of a registered model a number.
        for (const { version } of inputs) if (/^\d+$/.test(version ?? "")) found.set(Number(version), id);
      }
    }
  }
  return found;
}

/** The reasons as one saying, each within that of the ones before it. */
function listOf([first, ...others]: readonly Sentence[]): Saying {
  const own = first?.says ?? saying("need.rollback");
  return others.length === 0 ? own : saying("need.list", { first: own, others: listOf(others) });
}

function noVersion(version: number): NotFoundError {
  return new NotFoundError(`There is no model version ${version}`, {
    says: saying("noVersion", { version }),
  });
}
