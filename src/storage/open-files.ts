import { statSync } from "node:fs";
import { UnavailableError } from "../lib/errors.ts";

/**
 * The files of an open store. SQLite writes on to files that were deleted or replaced while they were open, without an
 * error: what it stores then is lost with the process.
 */
export class OpenFiles {
  readonly #path: string;
  readonly #seen = new Map<string, string>();

  /** @param path the open database file; nothing is checked for ":memory:". */
  constructor(path: string) {
    this.#path = path;
    const opened = identityOf(path);
    if (opened !== null) this.#seen.set(path, opened);
  }

  /**
   * Checks that the file is the one that was opened, and its log that of the first call. Call it after a write, before it is acknowledged.
   * @throws UnavailableError when one was deleted or replaced.
   */
  assertUnchanged(what: string): void {
    if (this.#path === ":memory:") return;
    for (const path of [this.#path, `${this.#path}-wal`]) {
      const found = identityOf(path);
      const first = this.#seen.get(path);
      if (found !== null && first === undefined) this.#seen.set(path, found);
      else if (found === null || found !== first) throw replaced(what, path);
    }
  }
}

function identityOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

function replaced(what: string, path: string): UnavailableError {
  return new UnavailableError(
    `Cannot ${what}: ${path} was deleted or replaced while tegaki was running. Stop tegaki, restore the data directory from a backup, and start it again`,
  );
}
