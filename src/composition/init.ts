import { lstat, mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { InitSummary } from "../commands/application.ts";
import { messageOf, UnavailableError, UsageError } from "../lib/errors.ts";
import type { Runtime } from "./runtime.ts";

/**
 * `tegaki init`: writes a project into a directory, which is made when it is missing. All of it or nothing.
 *
 * @param target from the directory in which the command was started.
 * @throws UsageError for an empty target, and naming a file that is there already: none is ever overwritten.
 *   UnavailableError when the machine refuses; what was written before is taken away again.
 */
export async function initProject(runtime: Runtime, target: string): Promise<InitSummary> {
  if (target.trim() === "") throw new UsageError('A project needs a name, or "." for this directory');
  const dir = resolve(target);
  const files = await runtime.embedded.project();
  const paths = Object.keys(files).sort();
  await refuseExisting(dir, paths);
  const written: string[] = [];
  try {
    // Personal: drawings and names come to lie in it.
    await mkdir(join(dir, "data"), { recursive: true, mode: 0o700 });
    for (const path of paths) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      const text = files[path]!.replaceAll("{{name}}", () => basename(dir));
      await writeFile(join(dir, path), text, { flag: "wx" });
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await rm(join(dir, path), { force: true });
    throw new UnavailableError(`Cannot make a project in ${dir}: ${messageOf(error)}`, { cause: error });
  }
  return { dir, files: paths };
}

async function refuseExisting(dir: string, paths: readonly string[]): Promise<void> {
  const isThere = await Promise.all(paths.map((path) => exists(join(dir, path))));
  const found = paths.filter((_, i) => isThere[i]);
  if (found.length === 0) return;
  const others = found.length === 1 ? "" : ` (and ${found.length - 1} more)`;
  throw new UsageError(
    `Cannot make a project in ${dir}: ${found[0]} is there already${others}. Nothing was written; choose another name`,
  );
}

/** Also a link that leads nowhere. What cannot be looked at shows when it is written. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
