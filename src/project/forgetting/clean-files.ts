import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Config } from "../../config/load.ts";
import { pathWithin } from "../../datasets/files/paths.ts";
import { DATASET } from "../../domain/dataset-names.ts";
import type { ForgetResult } from "../../domain/lineage/forgetting.ts";
import type { Store } from "../../domain/store.ts";
import { CatalogEntries } from "../../engine/catalog/catalog-entries.ts";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import { appendLabels } from "../appended-labels.ts";
import { derivedDatasets, WITHOUT_IMAGES } from "./derived-datasets.ts";
import { type ImagesToRemove, removeExamples, savedFiles, shown } from "./example-files.ts";

/** The project whose files are cleaned. */
export interface Place {
  /** Absolute. */
  dir: string;
  /** Absolute. */
  dataDir: string;
  config: Config;
}

/** Everything that was removed from files. */
export type CleanedFiles = Pick<ForgetResult, "exampleImages" | "files" | "elsewhere">;

/**
 * Removes forgotten drawings from all files of the project, which may be repeated:
 *
 * - caches are emptied: they are made again, and what they hold of whom cannot be told
 * - example images are removed one by one; a report page with examples that were removed, as a whole
 * - the file of `samples.append_to` is rebuilt from the store
 * - other files that runs have made of drawings are removed: the next run makes them again
 *
 * @param store without the drawings.
 */
export async function cleanFiles(
  place: Place,
  store: Store,
  forgotten: readonly string[],
): Promise<CleanedFiles> {
  await rm(join(place.dataDir, "cache"), { recursive: true, force: true });
  const cleaned: CleanedFiles = { exampleImages: 0, files: [], elsewhere: [] };
  const images = {
    forgotten: new Set(forgotten),
    stored: (keys: readonly string[]) => store.forgetting.storedImages(keys),
  };
  const entries = await holdingEntries(place, store);
  const untouched = await cleanExamples(place, entries, images, cleaned);
  for (const { type, config } of entries) {
    if (type === "examples") continue;
    if (type === "html_report") await removePages(place, config, untouched, cleaned);
    else await removeDataset(place, config, cleaned);
  }
  await appendLabels(place, store);
  return cleaned;
}

/** An entry of catalog.yml with a file that may hold drawings. */
interface HoldingEntry {
  name: string;
  /** tegaki's name of the type. */
  type: string;
  config: DatasetConfig;
}

/** The entries of examples and report pages, and of everything else that runs have made of drawings. */
async function holdingEntries({ config }: Place, store: Store): Promise<HoldingEntry[]> {
  const { append_to } = config.server.samples;
  const sources = [DATASET.appData, DATASET.storedDrawings, ...(append_to === null ? [] : [append_to])];
  const derived = await derivedDatasets(store, sources);
  const named = Object.keys(config.catalog).filter((name) => isKept(config.catalog[name]!));
  const entries = new CatalogEntries(config.catalog);
  return [...new Set([...named, ...derived])].flatMap((name) => {
    const found = WITHOUT_IMAGES.has(name) || sources.includes(name) ? null : entries.resolve(name);
    const file = found?.config.filepath ?? found?.config.path;
    if (found === null || typeof file !== "string") return [];
    return [{ name, type: found.config.type, config: { ...found.config, filepath: file } }];
  });
}

/** Whether it holds examples or a page of them, whichever run made it. */
function isKept(config: DatasetConfig): boolean {
  return ["examples", "html_report"].includes(config.type);
}

/** @returns the versions whose examples are all still there. */
async function cleanExamples(
  place: Place,
  entries: readonly HoldingEntry[],
  images: ImagesToRemove,
  cleaned: CleanedFiles,
): Promise<Set<string | null>> {
  const untouched = new Set<string | null>();
  const touched = new Set<string | null>();
  for (const { config } of entries.filter(({ type }) => type === "examples")) {
    const path = localPath(place, config, cleaned);
    if (path === null) continue;
    for (const file of await savedFiles(path, config.versioned === true)) {
      const removed = await removeExamples(file, images);
      if (removed === 0) {
        untouched.add(file.version);
        continue;
      }
      touched.add(file.version);
      cleaned.exampleImages += removed ?? 0;
      cleaned.files.push(shown(place.dir, file.path));
    }
  }
  return new Set([...untouched].filter((version) => !touched.has(version)));
}

/** Removes the report pages of other versions: a run saves its page and its examples under the same one. */
async function removePages(
  place: Place,
  config: DatasetConfig,
  untouched: ReadonlySet<string | null>,
  cleaned: CleanedFiles,
): Promise<void> {
  const path = localPath(place, config, cleaned);
  if (path === null) return;
  for (const file of await savedFiles(path, config.versioned === true)) {
    if (untouched.has(file.version)) continue;
    await rm(file.version === null ? file.path : dirname(file.path), { recursive: true, force: true });
    cleaned.files.push(shown(place.dir, file.path));
  }
}

async function removeDataset(place: Place, config: DatasetConfig, cleaned: CleanedFiles): Promise<void> {
  const path = localPath(place, config, cleaned);
  // A pickle is read-only: it is someone's own file, unless labels are appended to it.
  if (path === null || ["pickle", "tfjs_model"].includes(config.type) || !(await exists(path))) return;
  await rm(path, { recursive: true, force: true });
  cleaned.files.push(shown(place.dir, path));
}

/** The absolute path of an entry; null, and listed as elsewhere, when it is not in the project directory. */
function localPath({ dir }: Place, config: DatasetConfig, cleaned: CleanedFiles): string | null {
  const file = String(config.filepath);
  if (file.startsWith("builtin:")) return null;
  const path = /^\w+:\/\//.test(file) ? null : pathWithin(dir, file);
  if (path?.startsWith(`${dir}/`)) return path;
  cleaned.elsewhere.push(file);
  return null;
}

async function exists(path: string): Promise<boolean> {
  if (await Bun.file(path).exists()) return true;
  return readdir(path).then(
    () => true,
    () => false,
  );
}
