import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Runtime } from "./runtime.ts";

/**
 * Returns a hash that represents all code that nodes may call, for the keys of the node cache: after a change of the
 * program, or of a file in the project's `src`, no node counts as unchanged. The executable is identified by size and
 * modification time, because it is large; sources by their content.
 */
export async function programFingerprint(
  { command, version }: Pick<Runtime, "command" | "version">,
  projectDir: string,
): Promise<string> {
  const hash = createHash("sha256").update(`${version} ${Bun.version}`);
  const [executable, entry] = command;
  if (entry !== undefined) await addSources(hash, dirname(entry));
  else if (executable !== undefined) {
    const { size, mtimeMs } = await stat(executable);
    hash.update(`${size} ${mtimeMs}`);
  }
  await addSources(hash, join(projectDir, "src"));
  return hash.digest("hex");
}

async function addSources(hash: ReturnType<typeof createHash>, directory: string): Promise<void> {
  const glob = new Bun.Glob("**/*.{ts,tsx,js,mjs,json,wasm}");
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
