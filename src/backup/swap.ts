import { existsSync } from "node:fs";
import { readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { flushDirectory, writeFileAtomic } from "../datasets/files/atomic.ts";
import { UnavailableError } from "../lib/errors.ts";
import { isDataDirLocked, lockDataDir } from "../storage/lock.ts";

/** The folder in a project in which a restore prepares everything before it changes anything. */
export const STAGING = ".tegaki-restore";
const PLAN = "swap.json";

/** Renames within a project directory, in their order. */
export type Moves = readonly (readonly [from: string, to: string])[];

/**
 * Makes the renames, all of them even if the process is killed in the middle: the plan is on the disk first, and
 * `finishSwap` does what is left.
 */
export async function swap(dir: string, moves: Moves): Promise<void> {
  await writeFileAtomic(join(dir, STAGING, PLAN), JSON.stringify(moves));
  try {
    await move(dir, moves);
  } catch (error) {
    // A folder that cannot be renamed, such as the root of a disk: what was renamed before gets its name back.
    await move(dir, moves.map(([from, to]) => [to, from] as const).reverse());
    await rm(join(dir, STAGING, PLAN), { force: true });
    throw error;
  }
  await rm(join(dir, STAGING), { recursive: true, force: true });
}

/** Whether there are renames that `finishSwap` has to finish. */
export function isSwapPlanned(dir: string): boolean {
  return existsSync(join(dir, STAGING, PLAN));
}

/**
 * Finishes a restore that was killed between its renames; otherwise does nothing.
 * @throws UnavailableError while another process is restoring.
 */
export async function finishSwap(dir: string): Promise<void> {
  const staging = join(dir, STAGING);
  if (!isSwapPlanned(dir)) return;
  if (isDataDirLocked(staging)) {
    throw new UnavailableError(
      `Cannot use ${dir}: another tegaki is restoring it. Try again when it has finished`,
    );
  }
  const lock = await lockDataDir(staging);
  try {
    const moves = JSON.parse(await readFile(join(staging, PLAN), "utf8")) as Moves;
    await move(dir, moves);
  } finally {
    lock.release();
  }
  await rm(staging, { recursive: true, force: true });
}

/** A move that was made before has no `from` any more, or has its `to`. */
async function move(dir: string, moves: Moves): Promise<void> {
  for (const [from, to] of moves) {
    if ((await exists(join(dir, from))) && !(await exists(join(dir, to))))
      await rename(join(dir, from), join(dir, to));
  }
  await flushDirectory(dir);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
