import { symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { EXECUTABLE } from "../../../src/build/build.ts";

const ROOT = join(import.meta.dir, "../../..");

/** An executable built from another revision. */
export interface RevisionExecutable {
  path: string;
  remove(): Promise<void>;
}

/** The newest tag that the current revision descends from; null when there is none. */
export async function newestTag(): Promise<string | null> {
  return git("describe", "--tags", "--abbrev=0").catch(() => null);
}

/** The name of a revision as in `git describe`: a tag or a short hash; "-dirty" with uncommitted changes. */
export async function nameOf(revision?: string): Promise<string> {
  return git("describe", "--tags", "--always", revision ?? "--dirty");
}

/**
 * Builds the executable of a revision in a separate worktree, with the packages installed here when its
 * package-lock.json is the same, and its own otherwise.
 *
 * @param folder path of the worktree; it must not exist.
 * @throws when git does not know the revision, or it does not build.
 */
export async function buildRevision(revision: string, folder: string): Promise<RevisionExecutable> {
  await git("worktree", "add", "--detach", "--force", folder, revision);
  const remove = async () => void (await git("worktree", "remove", "--force", folder));
  try {
    await installPackages(folder);
    await run([process.execPath, join(folder, "src/build/build.ts")], folder);
    return { path: join(folder, "dist", basename(EXECUTABLE)), remove };
  } catch (error) {
    await remove();
    throw new Error(`Cannot build the executable of ${revision}`, { cause: error });
  }
}

async function installPackages(folder: string): Promise<void> {
  const lockOf = (root: string) => Bun.file(join(root, "package-lock.json")).text();
  if ((await lockOf(folder)) !== (await lockOf(ROOT))) {
    await run(["npm", "ci", "--ignore-scripts", "--no-progress"], folder);
  } else await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
}

function git(...args: string[]): Promise<string> {
  return run(["git", ...args], ROOT);
}

/** Runs a command. @returns its output. @throws its error output when it fails. */
async function run(command: string[], cwd: string): Promise<string> {
  const child = Bun.spawn(command, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  if ((await child.exited) !== 0) throw new Error(`"${command.join(" ")}" failed: ${err.trim()}`);
  return out.trim();
}
