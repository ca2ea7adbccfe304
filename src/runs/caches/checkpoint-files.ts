import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../datasets/files/atomic.ts";

/** Number of checkpoint files kept: each run that is cancelled and never resumed leaves one behind. */
const MAX_KEPT = 4;

/** The checkpoints of a run, one file per training node. They may be deleted at any time: training then starts over. */
export class CheckpointFiles {
  readonly #directory: string;
  readonly #runId: string;
  readonly #resumedRunId: string | null;
  readonly #minSeconds: number;

  /**
   * @param resumedRunId the run that this one resumes and whose checkpoints it uses; null for none.
   * @param minSeconds   see `Checkpoint`.
   */
  constructor(directory: string, runId: string, resumedRunId: string | null, minSeconds: number) {
    this.#directory = directory;
    this.#runId = runId;
    this.#resumedRunId = resumedRunId;
    this.#minSeconds = minSeconds;
  }

  /** Returns the checkpoint of one training. @param key identifies it by everything that its result depends on. */
  of(key: string) {
    const own = this.#path(this.#runId, key);
    const before = this.#resumedRunId === null ? null : this.#path(this.#resumedRunId, key);
    return {
      minSeconds: this.#minSeconds,
      read: async (): Promise<Uint8Array | null> => {
        const bytes = before === null ? null : await readFile(before).catch(() => null);
        // This run may be stopped before its first epoch ends; a later run can then still resume from here.
        if (bytes !== null) await writeFileAtomic(own, bytes);
        return bytes;
      },
      write: async (bytes: Uint8Array): Promise<void> => {
        await writeFileAtomic(own, bytes);
        await this.#trim();
      },
      remove: async (): Promise<void> => {
        await rm(own, { force: true });
        if (before !== null) await rm(before, { force: true });
      },
    };
  }

  async #trim(): Promise<void> {
    const paths = (await readdir(this.#directory)).map((name) => join(this.#directory, name));
    const files = await Promise.all(
      paths.map(async (path) => ({ path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 })),
    );
    const old = files.sort((a, b) => b.at - a.at).slice(MAX_KEPT);
    await Promise.all(old.map(({ path }) => rm(path, { force: true })));
  }

  #path(runId: string, key: string): string {
    const name = createHash("sha256").update(`${runId}\n${key}`).digest("hex");
    return join(this.#directory, `${name}.checkpoint`);
  }
}
