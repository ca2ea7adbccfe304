import { join, resolve } from "node:path";
import { writeFileAtomic } from "../datasets/files/atomic.ts";
import { messageOf } from "../lib/errors.ts";
import type { Runtime } from "./runtime.ts";

const FILE = "tegaki.d.ts";
/** The mark that `tegaki init` writes at the top of the file. A file without it belongs to the user. Never change it. */
const MARK = "Made by `tegaki init`; nothing here is meant to be changed.";
const HEAD_CHARACTERS = 1000;

/**
 * Updates a project's `tegaki.d.ts` to the types of this program, if `tegaki init` wrote the file: after an upgrade,
 * the editor would otherwise continue to use the previous types. Prints a note when it updates the file, or cannot
 * write it, which is not an error: only the editor needs it.
 */
export async function refreshProjectTypes(runtime: Runtime, dir: string): Promise<void> {
  const path = join(resolve(dir), FILE);
  const file = Bun.file(path);
  if (!(await file.exists())) return;
  const found = await file.text();
  if (!found.slice(0, HEAD_CHARACTERS).includes(MARK)) return;
  const current = (await runtime.embedded.project())[FILE];
  if (current === undefined || current === found) return;
  try {
    await writeFileAtomic(path, current);
    runtime.note(`${FILE} now has the types of tegaki ${runtime.version}`);
  } catch (error) {
    runtime.note(`${FILE} has the types of another version and cannot be updated: ${messageOf(error)}`);
  }
}
