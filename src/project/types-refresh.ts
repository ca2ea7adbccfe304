import { join, resolve } from "node:path";
import { writeFileAtomic } from "../datasets/files/atomic.ts";
import { messageOf } from "../lib/errors.ts";
import type { Runtime } from "./runtime.ts";

const FILE = "tegaki.d.ts";
/** What `tegaki init` writes at the top of the file: one without it is somebody's own. */
const MARK = "Made by `tegaki init`; nothing here is meant to be changed.";
const HEAD_CHARACTERS = 1000;

/**
 * Brings a project's `tegaki.d.ts` up to what this program gives to pipelines, when `tegaki init` made it and it
 * differs: after an upgrade the editor would otherwise go on with the types of the version before. Says so, and also
 * when it cannot be written; nothing else depends on it.
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
    runtime.note(`${FILE} is of another version and cannot be written: ${messageOf(error)}`);
  }
}
