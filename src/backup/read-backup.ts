import { mkdir, open } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { BlobReader, configure, type FileEntry, ZipReader } from "@zip.js/zip.js";
import { InputError, messageOf } from "../lib/errors.ts";
import { SCHEMA_VERSION } from "../storage/snapshot/snapshot.ts";
import { diskFailure } from "./disk.ts";
import { MANIFEST_FILE, type Manifest, type ManifestFile, parseManifest } from "./manifest.ts";
import { checkSeal } from "./seal.ts";

// Its workers are files that one executable does not have.
configure({ useWebWorkers: false });

/** A longer manifest would list more files than a backup of thousands of models has. */
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

/** A backup that is complete, has every byte as it was written, and can be read by this program. */
export interface OpenBackup {
  /** Absolute. */
  file: string;
  manifest: Manifest;
  /**
   * Writes all files into a folder, each flushed to the disk and checked against its hash.
   * @param onBytes is told how many were written. @throws InputError, UnavailableError; some files are then written.
   */
  extract(folder: string, onBytes: (bytes: number) => void): Promise<void>;
}

/**
 * Reads and checks a backup, before anything is written.
 * @param onBytes is told how many bytes of the file were read.
 * @throws InputError for a file that is no backup, cut off, changed, or of a newer tegaki.
 */
export async function openBackup(path: string, onBytes?: (bytes: number) => void): Promise<OpenBackup> {
  const file = resolve(path);
  await checkSeal(file, onBytes);
  const entries = await entriesOf(file);
  const listed = entries.get(MANIFEST_FILE);
  if (listed === undefined)
    throw new InputError(`${file} is not a backup of tegaki: it has no ${MANIFEST_FILE}`);
  const text = new TextDecoder().decode(await contentOf(listed, file, MAX_MANIFEST_BYTES));
  const manifest = parseManifest(text, file, SCHEMA_VERSION);
  checkEntries(entries, manifest, file);
  return {
    file,
    manifest,
    async extract(folder, onWritten) {
      for (const one of manifest.files)
        await extractFile(entries.get(one.path)!, one, folder, file, onWritten);
    },
  };
}

async function entriesOf(file: string): Promise<Map<string, FileEntry>> {
  const entries = new Map<string, FileEntry>();
  try {
    const reader = new ZipReader(new BlobReader(Bun.file(file)), { checkSignature: true });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory || entries.has(entry.filename))
        throw new RangeError(`${entry.filename} is not a file, or twice`);
      entries.set(entry.filename, entry);
    }
    return entries;
  } catch (error) {
    throw new InputError(`${file} is damaged: ${messageOf(error)}`, { cause: error });
  }
}

function checkEntries(entries: ReadonlyMap<string, FileEntry>, { files }: Manifest, file: string): void {
  const listed = new Set([MANIFEST_FILE, ...files.map(({ path }) => path)]);
  const odd =
    [...listed].find((name) => !entries.has(name)) ?? [...entries.keys()].find((name) => !listed.has(name));
  if (odd !== undefined)
    throw new InputError(`${file} is damaged: ${odd} is not both in it and in its ${MANIFEST_FILE}`);
}

async function contentOf(entry: FileEntry, file: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await unpack(entry, file, maxBytes, async (chunk) => void chunks.push(chunk));
  return Buffer.concat(chunks);
}

async function extractFile(
  entry: FileEntry,
  { path, bytes, sha256 }: ManifestFile,
  folder: string,
  file: string,
  onWritten: (bytes: number) => void,
): Promise<void> {
  const to = join(folder, path);
  const hash = new Bun.CryptoHasher("sha256");
  try {
    await mkdir(dirname(to), { recursive: true });
    const handle = await open(to, "wx", path.startsWith("data/") ? 0o600 : 0o644);
    try {
      await unpack(entry, file, bytes, async (chunk) => {
        hash.update(chunk);
        for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
        onWritten(chunk.length);
      });
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw diskFailure(error, `restore ${path}`);
  }
  if (hash.digest("hex") === sha256) return;
  throw new InputError(`${file} is damaged: ${path} does not have the SHA-256 of its ${MANIFEST_FILE}`);
}

/** Unpacks at most so many bytes, whatever the archive declares. */
async function unpack(
  entry: FileEntry,
  file: string,
  maxBytes: number,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  let filled = 0;
  // The stream would hide it.
  let failure: unknown = null;
  const take = async (chunk: Uint8Array) => {
    filled += chunk.length;
    if (filled > maxBytes) throw damaged(file, entry, `it has more than ${maxBytes} bytes`);
    await write(chunk);
  };
  try {
    await entry.getData(
      new WritableStream<Uint8Array>({
        write: (chunk) =>
          take(chunk).catch((error: unknown) => {
            failure = error;
            throw error;
          }),
      }),
    );
  } catch (error) {
    throw failure ?? damaged(file, entry, messageOf(error), error);
  }
}

function damaged(file: string, { filename }: FileEntry, reason: string, cause?: unknown): InputError {
  return new InputError(`${file} is damaged: ${filename}: ${reason}`, { cause });
}
