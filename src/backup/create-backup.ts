import { link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { flushDirectory, hiddenSibling } from "../datasets/files/atomic.ts";
import { type ZipPart, zipStream } from "../datasets/images/export/zip-stream.ts";
import { PREPROCESSING_VERSION } from "../digits/image-format.ts";
import type { BackupKind } from "../domain/backups/backup.ts";
import type { Clock } from "../lib/clock.ts";
import { InputError, messageOf, UsageError } from "../lib/errors.ts";
import { copyStore, summariseStore } from "../storage/snapshot/snapshot.ts";
import { confSources, fileAt, modelSources, partOf, type SourceFile } from "./contents.ts";
import { diskFailure, requireSpace } from "./disk.ts";
import { FORMAT_VERSION, MANIFEST_FILE, type Manifest, type ManifestFile, STORE_FILE } from "./manifest.ts";
import { RECORDS_FILE, recordBackup } from "./records.ts";
import { SEAL, SealedFile } from "./seal.ts";

/** The project to back up, and the destination. */
export interface BackupOptions {
  /** The project directory. */
  dir: string;
  /** The file to write, which must not exist. */
  file: string;
  /** Version of the running program. */
  tegaki: string;
  clock: Clock;
  /** The values of the project's credentials: no file that contains one goes into the backup. */
  secrets: readonly string[];
  kind: BackupKind;
  /** When the server may delete it; null for never. */
  keptUntil: string | null;
  /** @param share in [0, 1]. */
  onProgress?(share: number): void;
}

/** A backup that was made. */
export interface BackupSummary {
  /** Absolute. */
  file: string;
  bytes: number;
  manifest: Omit<Manifest, "files">;
  /** Models whose files are not in it, and why; and that it could not be recorded. */
  problems: string[];
}

/** The names of hidden files of backups: they have a UUID. */
const PARTIAL = /^\..+\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.db)?\.partial(?:-journal)?$/;
/** Hidden files of backups that were interrupted are removed after this time. */
const STALE_MS = 3_600_000;

/**
 * Writes the store, the registered models and the configuration of a project into one zip archive, while a server or a
 * run may be using them. The store is copied as it is at one moment. The archive gets its name when it is complete and
 * on the disk; a crash before leaves a hidden file next to it, which a later backup removes.
 *
 * @throws UsageError when there is no store, or the file exists. UnavailableError when the disk is full or something
 *   cannot be read. No file is left behind then.
 */
export async function createBackup(options: BackupOptions): Promise<BackupSummary> {
  const file = resolve(options.file);
  const store = join(options.dir, STORE_FILE);
  const stats = await stat(store).catch(() => null);
  if (stats === null) {
    throw new UsageError(
      `There is nothing to back up in ${options.dir}: it has no ${STORE_FILE}. Name the project with --dir`,
    );
  }
  await refuseExisting(file);
  const copy = `${hiddenSibling(file)}.db.partial`;
  const archive = `${hiddenSibling(file)}.partial`;
  try {
    await prepareFolder(file);
    const wal = await stat(`${store}-wal`).catch(() => null);
    // The copy of the store, and the archive with it.
    await requireSpace(dirname(file), 2 * (stats.size + (wal?.size ?? 0)), `back up to ${file}`);
    // Read before the store is copied: what is forgotten in between is then in the store's own list.
    const forgotten = await fileAt("data/forgotten.ndjson", join(options.dir, "data/forgotten.ndjson"));
    const createdAt = options.clock.now().toISOString();
    copyStore(store, copy);
    const { manifest, problems, bytes } = await pack({ ...options, createdAt }, { copy, archive, forgotten });
    await putInPlace(archive, file);
    const { kind, keptUntil } = options;
    await recordBackup(options.dir, { file, kind, at: createdAt, bytes, keptUntil }).catch((error) =>
      problems.push(
        `${RECORDS_FILE} cannot be written, so forgetting will not name this backup: ${messageOf(error)}`,
      ),
    );
    return { file, bytes, manifest, problems };
  } catch (error) {
    throw diskFailure(error, `back up to ${file}`);
  } finally {
    // What cannot be removed does not hide why the backup failed.
    await Promise.all(
      [copy, `${copy}-journal`, archive].map((path) => rm(path, { force: true }).catch(() => {})),
    );
  }
}

async function pack(
  { dir, tegaki, secrets, createdAt, onProgress = () => {} }: BackupOptions & { createdAt: string },
  { copy, archive, forgotten }: { copy: string; archive: string; forgotten: readonly SourceFile[] },
): Promise<Pick<BackupSummary, "manifest" | "problems" | "bytes">> {
  const { schema, counts, models: registered } = summariseStore(copy);
  const { models, files: modelFiles, problems } = await modelSources(join(dir, "data"), registered);
  const { files: confFiles, leftOut } = await confSources(dir, secrets);
  const sources = [...(await fileAt(STORE_FILE, copy)), ...forgotten, ...modelFiles, ...confFiles];
  const all = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  const manifest: Omit<Manifest, "files"> = {
    ...{ format: "tegaki-backup", version: FORMAT_VERSION, tegaki, schema },
    ...{ preprocessing: PREPROCESSING_VERSION, createdAt, counts, models, leftOut },
  };
  const files: ManifestFile[] = [];
  let done = 0;
  async function* parts(): AsyncGenerator<ZipPart> {
    for (const source of sources) {
      yield partOf(
        source,
        (file) => files.push(file),
        (bytes) => {
          done += bytes;
          onProgress(Math.min(1, done / all));
        },
      );
    }
    const text = `${JSON.stringify({ ...manifest, files }, null, 1)}\n`;
    yield { name: MANIFEST_FILE, isPacked: false, content: new TextEncoder().encode(text) };
  }
  const handle = await open(archive, "wx", 0o600);
  try {
    const sealed = new SealedFile(handle);
    for await (const chunk of zipStream(parts(), SEAL)) await sealed.write(chunk);
    await sealed.finish();
    return { manifest, problems, bytes: (await handle.stat()).size };
  } finally {
    await handle.close();
  }
}

async function refuseExisting(file: string): Promise<void> {
  const stats = await stat(file).catch(() => null);
  if (stats?.isDirectory() === true) {
    throw new UsageError(
      `Cannot back up to ${file}: it is a folder. Name a file in it: ${join(file, "tegaki-backup.zip")}`,
    );
  }
  if (stats !== null)
    throw new UsageError(`Cannot back up to ${file}: it exists. Choose another name, or remove it first`);
}

/** Creates the folder if it is missing, and removes what interrupted backups have left in it. */
async function prepareFolder(file: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const old = Date.now() - STALE_MS;
  for (const name of (await readdir(folder)).filter((one) => PARTIAL.test(one))) {
    const stats = await stat(join(folder, name)).catch(() => null);
    if (stats !== null && stats.mtimeMs < old) await rm(join(folder, name), { force: true });
  }
}

/** Gives the complete archive its name, unless something has taken it meanwhile. */
async function putInPlace(archive: string, file: string): Promise<void> {
  try {
    await link(archive, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || (await stat(file).catch(() => null)) !== null) {
      throw new InputError(`Cannot back up to ${file}: another program has created it meanwhile`, {
        cause: error,
      });
    }
    // A disk without hard links, as for other systems.
    await rename(archive, file);
  }
  await flushDirectory(dirname(file));
}
