import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Place } from "./place.ts";

/** A file system in memory with a limit, in the place of a project's data directory. */
export interface SmallDisk {
  /** Leaves no free byte. */
  fill(): Promise<void>;
  /** Frees what `fill` has taken. */
  free(): Promise<void>;
}

/** Returns why this machine has no small disks; null when it has. */
export function noSmallDisk(): string | null {
  if (process.platform !== "linux") return "small file systems are made by tmpfs, which only Linux has";
  if (process.getuid?.() !== 0) return "only root may mount a small file system";
  return Bun.spawnSync(["unshare", "-m", "true"]).success
    ? null
    : "this machine does not let file systems be mounted";
}

/** Mounts a small file system on `DIR/data`. @throws when the machine does not allow it. */
export async function mountSmallDisk(
  place: Place,
  dir: string,
  bytes: number,
  flags = "",
): Promise<SmallDisk> {
  const path = join(dir, "data");
  await mkdir(path, { recursive: true });
  const mounted = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", `size=${bytes}${flags}`, "tmpfs", path]);
  if (!mounted.success) throw new Error(`Cannot mount a small file system: ${mounted.stderr}`);
  place.later(() => void Bun.spawnSync(["umount", "-l", path]));
  const filler = join(path, "filler");
  return {
    async fill() {
      const { bavail, bsize } = await statfs(path);
      await writeFile(filler, new Uint8Array(bavail * bsize)).catch(() => {});
      for (let n = 0; (await statfs(path)).bavail > 0 && n < 100; n++)
        await writeFile(`${filler}${n}`, new Uint8Array(bsize)).catch(() => {});
    },
    async free() {
      for (const name of new Bun.Glob("filler*").scanSync(path)) await rm(join(path, name));
    },
  };
}
