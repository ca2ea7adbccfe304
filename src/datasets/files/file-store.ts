import { randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "./atomic.ts";

/** Where files of datasets lie: on this machine, or in a bucket. Paths are those that the store's `join` makes. */
export interface FileStore {
  join(path: string, ...parts: string[]): string;
  /** @throws an error whose code is "ENOENT" when nothing is there. */
  read(path: string): Promise<Uint8Array>;
  /** In bytes. @throws as `read`. */
  size(path: string): Promise<number>;
  /** Whoever reads meanwhile, or after a crash, finds the old content or the new one, whole. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  exists(path: string): Promise<boolean>;
  /** What lies directly in a directory; nothing when there is none. */
  names(directory: string): Promise<string[]>;
  /** Whoever looks meanwhile finds it whole, or not at all. */
  removeDirectory(directory: string): Promise<void>;
}

/** This machine's files. */
export const localFiles: FileStore = {
  join,
  read: async (path) => new Uint8Array(await readFile(path)),
  size: async (path) => (await stat(path)).size,
  write: writeFileAtomic,
  exists: (path) =>
    stat(path).then(
      () => true,
      () => false,
    ),
  async names(directory) {
    try {
      return await readdir(directory);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  },
  async removeDirectory(directory) {
    const hidden = join(dirname(directory), `.${basename(directory)}.${randomUUID()}`);
    await rename(directory, hidden);
    await rm(hidden, { recursive: true, force: true });
  },
};
