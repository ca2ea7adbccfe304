import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Runtime } from "./runtime.ts";

/** Files of tegaki's own sources that are part of the program. */
const OWN_SOURCES = "**/*.{ts,tsx,js,mjs,json,wasm}";
/** A project's code may import any file of its `src`: words.txt, table.yaml. */
const ALL_FILES = "**/*";
/** Files next to a project's `src` that decide which packages its code gets. */
const PACKAGE_FILES = "{package.json,package-lock.json,bun.lock,bun.lockb,yarn.lock,pnpm-lock.yaml}";

/**
 * Returns a hash that represents all code that nodes may call, for the keys of the node cache: after a change of the
 * program, of a file in the project's `src`, or of its packages, no node counts as unchanged. The executable is
 * identified by size and modification time, because it is large; sources by their content.
 */
export async function programFingerprint(
  { command, version }: Pick<Runtime, "command" | "version">,
  projectDir: string,
): Promise<string> {
  const hash = createHash("sha256").update(`${version} ${Bun.version}`);
  const [executable, entry] = command;
  if (entry !== undefined) await addFiles(hash, dirname(entry), OWN_SOURCES);
  else if (executable !== undefined) {
    const { size, mtimeMs } = await stat(executable);
    hash.update(`${size} ${mtimeMs}`);
  }
  await addFiles(hash, join(projectDir, "src"), ALL_FILES);
  await addFiles(hash, projectDir, PACKAGE_FILES);
  return hash.digest("hex");
}

async function addFiles(
  hash: ReturnType<typeof createHash>,
  directory: string,
  pattern: string,
): Promise<void> {
  const glob = new Bun.Glob(pattern);
  const files = await Array.fromAsync(glob.scan({ cwd: directory, followSymlinks: true })).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  for (const file of files.sort()) {
    hash.update(`\n${file}\n`).update(await Bun.file(join(directory, file)).bytes());
  }
}
