import { randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "./atomic.ts";

/** The storage of dataset files: on this machine, or in a bucket. Paths are composed with `join`. */
export interface FileStore {
  join(path: string, ...parts: string[]): string;
  /** @throws an error whose code is "ENOENT" when the file does not exist. */
  read(path: string): Promise<Uint8Array>;
  /** Returns the size in bytes. @throws like `read`. */
  size(path: string): Promise<number>;
  /** Writes atomically: a concurrent reader, or one after a crash, sees either the old or the new content. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  exists(path: string): Promise<boolean>;
  /** Returns the names directly in a directory; empty when it does not exist. */
  names(directory: string): Promise<string[]>;
  /** Removes atomically: a concurrent reader sees the complete directory or none. */
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
