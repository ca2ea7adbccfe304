import { copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isCredentialsFile } from "../config/credentials.ts";
import { flushDirectory } from "../datasets/files/atomic.ts";
import type { Clock } from "../lib/clock.ts";
import { InputError, UsageError } from "../lib/errors.ts";
import { prepareDataDir } from "../storage/data-dir.ts";
import { type DataDirLock, lockDataDir } from "../storage/lock.ts";
import { integrityProblems } from "../storage/snapshot/snapshot.ts";
import { modelProblem } from "./contents.ts";
import { diskFailure, requireSpace } from "./disk.ts";
import type { Manifest } from "./manifest.ts";
import { type OpenBackup, openBackup } from "./read-backup.ts";
import { stamp } from "./stamp.ts";
import { finishSwap, isSwapPlanned, type Moves, STAGING, swap } from "./swap.ts";

/** The backup to restore, and its destination. */
export interface RestoreOptions {
  file: string;
  /** The project directory. */
  dir: string;
  /** Whether the data and configuration that are there are renamed; otherwise the directory must be empty. */
  isReplacing: boolean;
  clock: Clock;
  /**
   * Makes the restored store forget what the present project has forgotten since, before it is put in place.
   * @param dataDir of the restored store. @param current the data directory that is replaced; null when there is none.
   * @returns the number of drawings that were removed.
   */
  forget(dataDir: string, current: string | null): Promise<number>;
  /** @param share in [0, 1]. */
  onProgress?(share: number): void;
}

/** A backup that was restored. */
export interface RestoreSummary {
  /** Absolute. */
  dir: string;
  manifest: Omit<Manifest, "files">;
  /** New names of the folders that were replaced. */
  replaced: string[];
  /** Files with secrets that were kept from the replaced configuration. */
  keptSecrets: string[];
  /** Files with secrets that the backup left out and that are missing: put them back by hand. */
  missingSecrets: string[];
  /** Drawings that had been forgotten since the backup, and were removed again. */
  forgotten: number;
}

/** Backups in the data folder, and the list of all. */
const BACKUPS = ["backups", "backups.ndjson"];
/** The folders that a restore puts in place. */
const PARTS = ["data", "conf"];

/**
 * Restores a backup: everything is unpacked, checked and made durable in a hidden folder, and then put in place by
 * renames. Until then nothing of the project changes; killed at any moment, the project is the old one or the new one.
 *
 * @throws InputError when the file is not a sound backup that this program can read. UsageError when the directory is
 *   not empty. UnavailableError when a server is using the project, or the disk is full.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreSummary> {
  const dir = resolve(options.dir);
  const { onProgress = () => {} } = options;
  await finishSwap(dir);
  await requireRoom(dir, options);
  const { size } = await stat(options.file).catch(() => ({ size: 0 }));
  let checked = 0;
  const backup = await openBackup(options.file, (bytes) => {
    checked += bytes;
    onProgress(checked / size / 4);
  });
  try {
    return await restore(dir, backup, { ...options, onProgress });
  } catch (error) {
    throw diskFailure(error, `restore ${backup.file}`);
  }
}

async function restore(
  dir: string,
  backup: OpenBackup,
  { clock, forget, onProgress }: RestoreOptions & Required<Pick<RestoreOptions, "onProgress">>,
): Promise<RestoreSummary> {
  const isNew = (await stat(dir).catch(() => null)) === null;
  const locks: DataDirLock[] = [];
  const staging = join(dir, STAGING);
  const current = (await hasContent(join(dir, "data"))) ? join(dir, "data") : null;
  let isPlaced = false;
  try {
    if (current !== null) locks.push(await lockDataDir(current, clock));
    locks.push(await lockDataDir(staging, clock));
    for (const part of PARTS) await rm(join(staging, part), { recursive: true, force: true });
    await unpack(backup, staging, onProgress);
    const forgotten = await forget(join(staging, "data"), current);
    const { kept, missing } = await keepSecrets(dir, staging, backup.manifest.leftOut);
    for (const part of PARTS) await flushFolders(join(staging, part));
    const moves = await movesOf(dir, staging, stamp(clock.now()));
    await swap(dir, moves);
    isPlaced = true;
    const { files: _, ...manifest } = backup.manifest;
    const replaced = moves.filter(([from, to]) => PARTS.includes(from) && to !== from).map(([, to]) => to);
    return { dir, manifest, replaced, keptSecrets: kept, missingSecrets: missing, forgotten };
  } finally {
    for (const lock of locks) lock.release();
    if (!isPlaced && !isSwapPlanned(dir)) await rm(isNew ? dir : staging, { recursive: true, force: true });
  }
}

/** @throws UsageError when there is something that would have to be replaced, and nobody has asked for it. */
async function requireRoom(dir: string, { file, isReplacing }: RestoreOptions): Promise<void> {
  const stats = await stat(dir).catch(() => null);
  if (stats === null || isReplacing) return;
  if (!stats.isDirectory())
    throw new UsageError(`Cannot restore into ${dir}: it is a file. Name a folder with --dir`);
  const isOurs = (name: string) => name === STAGING || join(dir, name) === resolve(file);
  const found = (await readdir(dir)).find((name) => !isOurs(name));
  if (found === undefined) return;
  throw new UsageError(
    `Cannot restore into ${dir}: it is not empty (it has "${found}"). Name an empty folder with --dir, or add --replace, which renames the data and conf that are there`,
  );
}

async function unpack(
  { file, manifest, extract }: OpenBackup,
  staging: string,
  onProgress: (share: number) => void,
): Promise<void> {
  const all = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  await requireSpace(staging, all, `restore ${file}`);
  prepareDataDir(join(staging, "data"));
  let done = 0;
  await extract(staging, (bytes) => {
    done += bytes;
    onProgress(0.25 + (0.75 * done) / all);
  });
  const dataDir = join(staging, "data");
  const problems = integrityProblems(join(dataDir, "tegaki.db"));
  for (const model of manifest.models) {
    const problem = await modelProblem(dataDir, model);
    if (problem !== null) problems.push(problem);
  }
  if (problems.length === 0) return;
  throw new InputError(`${file} cannot be restored: ${problems.slice(0, 3).join("; ")}. Use another backup`);
}

/** Copies the files with secrets, which no backup has, from the configuration that is replaced. */
async function keepSecrets(
  dir: string,
  staging: string,
  leftOut: readonly string[],
): Promise<{ kept: string[]; missing: string[] }> {
  const present = await readdir(join(dir, "conf"), { recursive: true }).catch(() => []);
  const secret = present.map((name) => `conf/${name.replaceAll("\\", "/")}`).filter(isCredentialsFile);
  const kept: string[] = [];
  for (const path of new Set([...secret, ...leftOut.filter((one) => /^conf\/(?!.*\.\.)/.test(one))])) {
    const stats = await stat(join(dir, path)).catch(() => null);
    if (stats?.isFile() !== true) continue;
    await mkdir(dirname(join(staging, path)), { recursive: true });
    await copyFile(join(dir, path), join(staging, path));
    kept.push(path);
  }
  return { kept: kept.sort(), missing: leftOut.filter((path) => !kept.includes(path)) };
}

/** Present folders are renamed, then the restored ones take their places. */
async function movesOf(dir: string, staging: string, at: string): Promise<Moves> {
  const moves: [string, string][] = [];
  for (const part of PARTS) {
    if (await exists(join(dir, part))) moves.push([part, await unusedName(dir, `${part}.replaced-${at}`)]);
    if (await exists(join(staging, part))) moves.push([`${STAGING}/${part}`, part]);
  }
  // The present backups are not what is restored: they stay where they were.
  const replaced = moves.find(([from]) => from === "data")?.[1];
  for (const name of replaced === undefined ? [] : BACKUPS) {
    if (await exists(join(dir, "data", name))) moves.push([`${replaced}/${name}`, `data/${name}`]);
  }
  return moves;
}

async function unusedName(dir: string, name: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!(await exists(join(dir, candidate)))) return candidate;
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function hasContent(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).length > 0;
}

async function flushFolders(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of names) {
    if (entry.isDirectory()) await flushDirectory(join(entry.parentPath, basename(entry.name)));
  }
  if (names.length > 0) await flushDirectory(folder);
}
