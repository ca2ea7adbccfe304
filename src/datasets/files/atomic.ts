import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

type Content = string | Uint8Array;

/**
 * Writes a file atomically: after a crash, either the old or the new file is complete. Missing directories are created.
 * The content is written next to it under a hidden name, flushed to the disk, and renamed.
 */
export function writeFileAtomic(path: string, content: Content): Promise<void> {
  return replaceFile(path, (file) => file.writeFile(content));
}

/** The same for content that is written in parts. */
export async function replaceFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = hiddenSibling(path);
  try {
    await writeFlushed(temporary, write);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await flushDirectory(dirname(path));
}

/**
 * Writes a directory of files in the same way. An existing directory is replaced: a crash between the two renames
 * leaves it under its hidden name. Versioned datasets never replace a directory.
 */
export async function writeDirectoryAtomic(
  path: string,
  files: Readonly<Record<string, Content>>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = hiddenSibling(path);
  try {
    await mkdir(temporary);
    for (const [name, content] of Object.entries(files)) {
      await writeFlushed(join(temporary, name), (file) => file.writeFile(content));
    }
    await flushDirectory(temporary);
    await putInPlace(temporary, path);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  await flushDirectory(dirname(path));
}

async function putInPlace(temporary: string, path: string): Promise<void> {
  try {
    await rename(temporary, path);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    const replaced = hiddenSibling(path);
    await rename(path, replaced);
    await rename(temporary, path);
    await rm(replaced, { recursive: true, force: true });
  }
}

/** A hidden name next to a file that no other process uses. */
export function hiddenSibling(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}`);
}

async function writeFlushed(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, "wx");
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename durable. Windows neither has nor needs such a call. */
export async function flushDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
