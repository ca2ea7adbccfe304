import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../lib/clock.ts";
import { decodeIndex, encodePack, indexBytes, type PackEntry, rowOf } from "./feature-pack.ts";

const EXTENSION = ".pack";

interface CacheFile {
  path: string;
  bytes: number;
  usedMs: number;
}

/**
 * Outputs of frozen layers in files: one folder per space, one file per write. They may be deleted at any time.
 * Damaged rows count as missing, and rows that cannot be written are dropped; neither ends a training run.
 */
export class FeaturePacks {
  readonly #directory: string;
  readonly #maxBytes: number;
  readonly #clock: Clock;

  /** @param maxBytes limit of all files together; the least recently used ones are deleted to stay below it. */
  constructor(directory: string, maxBytes: number, clock: Clock) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  /** Reads rows. @returns one row per key; null for a missing or damaged one. */
  async read(space: string, keys: readonly string[]): Promise<(Uint8Array | null)[]> {
    const found = new Map<string, Uint8Array>();
    const wanted = new Set(keys);
    for (const { path } of await this.#filesOf(space)) {
      if (wanted.size === 0) break;
      if (path.endsWith(EXTENSION)) await this.#take(path, wanted, found);
    }
    return keys.map((key) => found.get(key) ?? null);
  }

  /** Stores rows as one file; nothing happens when they exceed `maxBytes` or cannot be written. */
  async write(space: string, rows: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const pack = encodePack(rows);
    if (pack.length > this.#maxBytes) return;
    const name = join(this.#directory, space, randomUUID());
    try {
      await mkdir(join(this.#directory, space), { recursive: true });
      // Not flushed to disk: checksums reveal what a crash has damaged.
      await writeFile(`${name}.new`, pack);
      await this.#touch(`${name}.new`);
      await rename(`${name}.new`, `${name}${EXTENSION}`);
    } catch {
      // Disk full or read-only: the rows are computed again next time.
      await rm(`${name}.new`, { force: true }).catch(() => undefined);
      return;
    }
    await this.#trim();
  }

  /** Moves the keys that the pack has from `wanted` to `found`. */
  async #take(path: string, wanted: Set<string>, found: Map<string, Uint8Array>): Promise<void> {
    const index = await readIndex(path);
    const entries = index?.filter(({ key }) => wanted.has(key)) ?? [];
    if (entries.length === 0) return;
    const pack = await readFile(path).catch(() => new Uint8Array());
    for (const entry of entries) {
      const row = rowOf(pack, entry);
      if (row === null || !wanted.delete(entry.key)) continue;
      found.set(entry.key, row);
    }
    await this.#touch(path).catch(() => undefined);
  }

  #touch(path: string): Promise<void> {
    const now = this.#clock.now();
    return utimes(path, now, now);
  }

  /** Deletes the least recently used files until the rest fits. */
  async #trim(): Promise<void> {
    const spaces = await readdir(this.#directory).catch(() => []);
    const files = (await Promise.all(spaces.map((space) => this.#filesOf(space)))).flat();
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path, bytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
      if (total <= this.#maxBytes) return;
      await rm(path, { force: true });
      total -= bytes;
    }
  }

  /** The most recently used first: a newer file may have rows that are damaged in an older one. */
  async #filesOf(space: string): Promise<CacheFile[]> {
    const folder = join(this.#directory, space);
    const names = await readdir(folder).catch(() => []);
    const files = await Promise.all(names.map((name) => statOf(join(folder, name))));
    return files.filter((file) => file !== null).sort((a, b) => b.usedMs - a.usedMs);
  }
}

/** Null when the file has been deleted in the meantime. */
async function statOf(path: string): Promise<CacheFile | null> {
  const found = await stat(path).catch(() => null);
  return found && { path, bytes: found.size, usedMs: found.mtimeMs };
}

/** Null when the file is not a pack, or its index is damaged. */
async function readIndex(path: string): Promise<PackEntry[] | null> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return null;
  try {
    const header = Buffer.alloc(16);
    await file.read(header, 0, header.length, 0);
    const bytes = indexBytes(header);
    if (bytes === null || bytes > (await file.stat()).size) return null;
    const index = Buffer.alloc(bytes);
    await file.read(index, 0, bytes, 0);
    return decodeIndex(index);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
