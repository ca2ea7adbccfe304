import {
  configure,
  type FileEntry,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from "@zip.js/zip.js";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { MODEL_FILE } from "./model-files.ts";

// Its workers are files that one executable does not have.
configure({ useWebWorkers: false });

/** A model has three files and a card; more are allowed for what other programs add. */
const MAX_ENTRIES = 100;

/** The files of a model that is to be imported, from a zip archive or a folder. Files are read on request. */
export interface ModelSource {
  /** Size of a file in bytes, as declared; null when there is none of this name. */
  sizeOf(name: string): Promise<number | null>;
  /** @throws DatasetError when it has more bytes than `maxBytes`, or cannot be read. */
  read(name: string, maxBytes: number): Promise<Uint8Array>;
}

/**
 * Opens a zip archive with a model: model.json at its top, or in its only folder with one. The directory of the archive
 * is read, nothing is unpacked. Unpacking counts bytes as they come, so an archive that declares a smaller size than it
 * has is refused, and checks the checksum of each file.
 * @throws DatasetError for an archive that is damaged, encrypted, ambiguous, or has no or several models.
 */
export async function openModelArchive(bytes: Uint8Array): Promise<ModelSource> {
  const entries = await entriesOf(bytes);
  const models = [...entries.keys()].filter((name) => name === MODEL_FILE || name.endsWith(`/${MODEL_FILE}`));
  if (models.length !== 1) {
    const found = models.length === 0 ? "none" : `${models.length}: ${models.slice(0, 3).join(", ")}`;
    throw new DatasetError(`expected one ${MODEL_FILE} in the archive, found ${found}`);
  }
  const folder = models[0]!.slice(0, -MODEL_FILE.length);
  return {
    sizeOf: async (name) => entries.get(folder + name)?.uncompressedSize ?? null,
    async read(name, maxBytes) {
      const entry = entries.get(folder + name);
      if (entry === undefined) throw new DatasetError(`${name}: is not in the archive`);
      return unpack(entry, name, maxBytes);
    },
  };
}

/** Packs files into a zip archive; the same files give the same bytes. Those in `stored` are not compressed. */
export async function packArchive(
  files: Readonly<Record<string, Uint8Array>>,
  stored: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const archive = new ZipWriter(new Uint8ArrayWriter(), { extendedTimestamp: false });
  for (const [name, content] of Object.entries(files)) {
    const level = stored.includes(name) ? 0 : 6;
    await archive.add(name, new Uint8ArrayReader(content), { level, lastModDate: ZIP_EPOCH });
  }
  return new Uint8Array(await archive.close());
}

/** The first day that a zip archive can express. */
const ZIP_EPOCH = new Date(1980, 0, 1);

async function entriesOf(bytes: Uint8Array): Promise<Map<string, FileEntry>> {
  const entries = new Map<string, FileEntry>();
  let count = 0;
  try {
    const reader = new ZipReader(new Uint8ArrayReader(bytes), {
      strictness: "strict",
      checkSignature: true,
      checkOverlappingEntry: true,
    });
    for await (const entry of reader.getEntriesGenerator()) {
      count += 1;
      if (count > MAX_ENTRIES) break;
      if (!entry.directory) entries.set(entry.filename, entry);
    }
  } catch (error) {
    throw new DatasetError(`is not a zip archive that can be read: ${messageOf(error)}`, { cause: error });
  }
  if (count > MAX_ENTRIES) throw new DatasetError(`has more than ${MAX_ENTRIES} files`);
  const secret = [...entries.values()].find(({ encrypted }) => encrypted);
  if (secret !== undefined) throw new DatasetError(`${secret.filename}: is encrypted`);
  return entries;
}

async function unpack(entry: FileEntry, name: string, maxBytes: number): Promise<Uint8Array> {
  const tooLong = new DatasetError(`${name}: has more than ${maxBytes} bytes`);
  if (entry.uncompressedSize > maxBytes) throw tooLong;
  const bytes = new Uint8Array(entry.uncompressedSize);
  let filled = 0;
  try {
    await entry.getData(
      new WritableStream<Uint8Array>({
        write(chunk) {
          if (filled + chunk.length > bytes.length) throw tooLong;
          bytes.set(chunk, filled);
          filled += chunk.length;
        },
      }),
    );
  } catch (error) {
    if (error === tooLong) throw tooLong;
    throw new DatasetError(`${name}: cannot be unpacked: ${messageOf(error)}`, { cause: error });
  }
  if (filled === bytes.length) return bytes;
  throw new DatasetError(`${name}: has ${filled} bytes, but the archive declares ${bytes.length}`);
}
