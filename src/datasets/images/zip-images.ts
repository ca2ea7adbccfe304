import { BlobReader, configure, type FileEntry, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { InputError, messageOf } from "../../lib/errors.ts";
import {
  nameAt,
  type OnProblem,
  readNamedRow,
  unreadable,
  valueError,
  type Words,
  words,
} from "./row-problems.ts";
import { readScan, type Scan } from "./scan-image.ts";

// Its workers are files that one executable does not have.
configure({ useWebWorkers: false });

/** The folder of drawings of none of the classes. */
export const NO_CLASS_FOLDER = "_none";

/** The folder of drawings without a label. */
const UNLABELLED_FOLDER = "_unlabelled";

/** An image of 28 × 28 has about 300 bytes; a scan of one character has less than this. */
const MAX_IMAGE_BYTES = 16 * 1024 * 1024;
const MAX_ENTRIES = 1_000_000;
/** Files that systems add to archives on their own. */
const IGNORED = /(?:^|\/)(?:__MACOSX|\.(?!\.?\/)[^/]*|Thumbs\.db|desktop\.ini)(?:\/|$)/i;

/** Names of files above or outside the archive's own folder. */
const LEAVING = /^(?:[/\\]|[a-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/i;

/** One image of an archive. */
export interface ZipImage {
  /** Index among the files of the archive, 0-based. */
  at: number;
  /** For messages: its name within the archive. */
  place: Words;
  /** The name of its folder; null for a drawing of none of the classes. */
  label: string | null;
  /** Whether it is in no folder, or anywhere in the folder for it. */
  isUnlabelled: boolean;
  scan: Scan;
}

/**
 * Reads PNG images from a zip archive, each in a folder that is named by its label; what is above that folder does not
 * matter. Files that systems add are ignored.
 *
 * @param mayBeUnlabelled whether an image without a folder, or anywhere in `_unlabelled`, is read as one without a label;
 *   otherwise the former is an error, and the latter has the label of its folder.
 * @throws InputError for an archive that is damaged; naming archive and file for one that cannot be read, unless
 *   `onProblem` is told.
 */
export async function* readZipImages(
  file: string,
  onProblem: OnProblem,
  mayBeUnlabelled = false,
): AsyncGenerator<ZipImage> {
  let at = -1;
  for await (const entry of entriesOf(file)) {
    if (entry.directory || IGNORED.test(entry.filename)) continue;
    at += 1;
    const place = nameAt(entry.filename);
    const found = await readNamedRow(file, { at, place }, onProblem, () => imageOf(entry, mayBeUnlabelled));
    if (found !== null) yield { at, place, ...found };
  }
  if (at < 0) throw unreadable(file, words("the archive has no files", "zipEmpty"));
}

async function* entriesOf(file: string): AsyncGenerator<FileEntry | { directory: true; filename: string }> {
  let count = 0;
  try {
    const reader = new ZipReader(new BlobReader(Bun.file(file)), {
      checkSignature: true,
      // An entry is only read, whatever its name is: `imageOf` refuses it alone, not the archive.
      filenameValidation: "tolerant",
    });
    for await (const entry of reader.getEntriesGenerator()) {
      count += 1;
      if (count > MAX_ENTRIES) throw new RangeError(`it has more than ${MAX_ENTRIES} entries`);
      yield entry;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = messageOf(error);
    throw unreadable(file, words(`the zip archive is damaged (${reason})`, "zipDamaged", { reason }), error);
  }
}

async function imageOf(entry: FileEntry, mayBeUnlabelled: boolean): Promise<Omit<ZipImage, "at" | "place">> {
  const folders = entry.filename.split("/").slice(0, -1);
  if (LEAVING.test(entry.filename))
    throw valueError(
      words("its name leaves the archive. Rename it, or pack the archive again", "zipLeaving"),
    );
  const folder = folders.at(-1);
  const hasFolder = folder !== undefined && folder !== "" && folder !== ".";
  const isUnlabelled = mayBeUnlabelled && (!hasFolder || folders.includes(UNLABELLED_FOLDER));
  if (!hasFolder && !isUnlabelled)
    throw valueError(words("expected a folder with the label's name around it, found none", "zipNoFolder"));
  if (!/\.png$/i.test(entry.filename))
    throw valueError(words("expected a PNG image, found another file", "zipNotPng"));
  if (entry.encrypted) throw valueError(words("expected a file that is not encrypted", "zipEncrypted"));
  if (entry.uncompressedSize > MAX_IMAGE_BYTES) {
    const figures = { max: MAX_IMAGE_BYTES, found: entry.uncompressedSize };
    const text = `expected at most ${MAX_IMAGE_BYTES} bytes, found ${entry.uncompressedSize}`;
    throw valueError(words(text, "zipLong", figures));
  }
  const bytes = await entry.getData(new Uint8ArrayWriter());
  const label = isUnlabelled || folder === NO_CLASS_FOLDER ? null : folder!;
  return { label, isUnlabelled, scan: await readScan(bytes) };
}
