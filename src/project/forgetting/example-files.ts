import { readdir, readFile, rm } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { writeFileAtomic } from "../../datasets/files/atomic.ts";
import { examplesFormat } from "../../datasets/formats/examples-format.ts";
import type { Examples, ExamplesBySet } from "../../domain/examples.ts";
import { imageKey } from "../../domain/lineage/forgetting.ts";
import { APP_HOLDOUT } from "../../domain/metrics.ts";

/** A saved file of a dataset, with its version; null for a dataset that is not versioned. */
export interface SavedFile {
  path: string;
  version: string | null;
}

/** The images that are to be removed from files. */
export interface ImagesToRemove {
  /** `imageKey`s of forgotten drawings. */
  forgotten: ReadonlySet<string>;
  /** Returns which of these `imageKey`s are of stored drawings. */
  stored(keys: readonly string[]): Promise<string[]>;
}

/**
 * Returns the saved files of a file dataset, or those of one version.
 * @param path absolute, as catalog.yml names it.
 */
export async function savedFiles(path: string, isVersioned: boolean): Promise<SavedFile[]> {
  if (!isVersioned) return (await Bun.file(path).exists()) ? [{ path, version: null }] : [];
  const versions = await readdir(path).catch(() => []);
  const files = versions.map((version) => ({ path: join(path, version, basename(path)), version }));
  const exist = await Promise.all(files.map((file) => Bun.file(file.path).exists()));
  return files.filter((_, i) => exist[i]);
}

/**
 * Removes images from a file of examples. Of the held-out drawings, only images of stored drawings stay: an older
 * release may have rendered a forgotten drawing differently. A file that cannot be read is removed.
 * @returns how many images were removed; null when the file was.
 */
export async function removeExamples(file: SavedFile, images: ImagesToRemove): Promise<number | null> {
  const format = examplesFormat();
  let sets: ExamplesBySet;
  try {
    sets = format.read(await readFile(file.path)) as ExamplesBySet;
  } catch {
    await rm(file.path, { force: true });
    return null;
  }
  const stored = new Set(await images.stored(Object.values(sets).flatMap(keysOf)));
  let removed = 0;
  const kept = Object.entries(sets).map(([name, set]) => {
    const keys = keysOf(set);
    const staying = keys.flatMap((key, i) => {
      const stays = name.endsWith(APP_HOLDOUT)
        ? stored.has(key)
        : !images.forgotten.has(key) || stored.has(key);
      return stays ? [i] : [];
    });
    removed += keys.length - staying.length;
    return [name, only(set, staying)] as const;
  });
  if (removed > 0) await writeFileAtomic(file.path, format.write(Object.fromEntries(kept)));
  return removed;
}

/** A path as messages show it. */
export function shown(projectDir: string, path: string): string {
  return relative(projectDir, path);
}

function keysOf({ rows, cols, images, answers }: Examples): string[] {
  const pixels = rows * cols;
  return answers.map((_, i) => imageKey(images.subarray(i * pixels, (i + 1) * pixels)));
}

function only(set: Examples, indices: readonly number[]): Examples {
  const pixels = set.rows * set.cols;
  const images = new Uint8Array(indices.length * pixels);
  indices.forEach((from, to) => {
    images.set(set.images.subarray(from * pixels, (from + 1) * pixels), to * pixels);
  });
  return { ...set, answers: indices.map((i) => set.answers[i]!), images };
}
