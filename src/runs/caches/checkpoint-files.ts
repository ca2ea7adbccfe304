import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../datasets/files/atomic.ts";

/** Runs that were ended and never continued leave one behind each. */
const MAX_KEPT = 4;

/** The checkpoints of a run's trainings, a file each. It may be deleted at any time: trainings begin anew then. */
export class CheckpointFiles {
  /**
   * @param resumedRunId the run that this one continues, whose checkpoints it takes over; null for none.
   * @param minSeconds   see `Checkpoint`.
   */
  constructor(
    private readonly directory: string,
    private readonly runId: string,
    private readonly resumedRunId: string | null,
    private readonly minSeconds: number,
  ) {}

  /** @param key names a training by all that decides its result. */
  of(key: string) {
    const own = this.#path(this.runId, key);
    const before = this.resumedRunId === null ? null : this.#path(this.resumedRunId, key);
    return {
      minSeconds: this.minSeconds,
      read: async (): Promise<Uint8Array | null> => {
        const bytes = before === null ? null : await readFile(before).catch(() => null);
        // This run may be ended before its first epoch is: then there is something to go on from as well.
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
    const paths = (await readdir(this.directory)).map((name) => join(this.directory, name));
    const files = await Promise.all(
      paths.map(async (path) => ({ path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 })),
    );
    const old = files.sort((a, b) => b.at - a.at).slice(MAX_KEPT);
    await Promise.all(old.map(({ path }) => rm(path, { force: true })));
  }

  #path(runId: string, key: string): string {
    const name = createHash("sha256").update(`${runId}\n${key}`).digest("hex");
    return join(this.directory, `${name}.checkpoint`);
  }
}
