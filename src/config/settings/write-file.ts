import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { messageOf, UnavailableError } from "../../lib/errors.ts";

/** The file as it is, with the hash that a change must name. An absent file is empty, with a hash of its own. */
export interface FileText {
  text: string;
  hash: string;
}

/** Reads a file of settings. @param label its name for messages. @throws UnavailableError when it cannot be read. */
export async function readFileText(path: string, label: string): Promise<FileText> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
    return { text, hash: createHash("sha256").update(text).digest("hex") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { text: "", hash: "absent" };
    throw new UnavailableError(`${label} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Replaces a file atomically: a reader sees the old content or the new one, also after a crash. Its folder is created,
 * its permissions are kept, and a link stays a link.
 *
 * @param mayReplace called at the last moment; it throws when the file must stay.
 * @throws UnavailableError when the file cannot be written; it is unchanged then.
 */
export async function replaceFile(
  path: string,
  label: string,
  text: string,
  mayReplace: () => Promise<void>,
): Promise<void> {
  const target = await realpath(path).catch(() => path);
  // Hidden, so that the loader ignores it.
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    await mkdir(dirname(target), { recursive: true });
    const mode = await stat(target).then(
      (found) => found.mode & 0o777,
      () => 0o644,
    );
    await writeSynced(temporary, text, mode);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new UnavailableError(`${label} cannot be written: ${messageOf(error)}`, { cause: error });
  }
  try {
    await mayReplace();
    await rename(temporary, target).catch((error: unknown) => {
      throw new UnavailableError(`${label} cannot be replaced: ${messageOf(error)}`, { cause: error });
    });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeSynced(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
