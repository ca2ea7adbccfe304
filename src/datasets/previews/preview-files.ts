import type { Dirent } from "node:fs";
import { open, opendir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { DatasetConfig } from "../../engine/catalog/dataset.ts";
import type { DatasetPreview, PreviewFiles } from "../../engine/catalog/dataset-preview.ts";
import { DatasetError } from "../../engine/errors.ts";
import { locate } from "../files/locate.ts";
import { entryPath } from "../files/paths.ts";
import { FILE_FORMATS, type FileType } from "../formats/file-types.ts";
import { requiredText } from "../options.ts";
import { previewOfValue } from "./preview-value.ts";

/** Maximum size in bytes of a file that a preview reads completely. */
export const WHOLE_BYTES = 2_000_000;
/** Number of bytes that a preview reads of a larger table or text. */
const HEAD_BYTES = 256_000;
/** Decoding a larger image would take too long, even if its file is small. */
const MAX_PIXELS = 4_000_000;
/** Maximum number of files of a directory that are listed. */
const MAX_PARTITIONS = 2_000;
const SHOWN_PARTITIONS = 20;

/** Returns the path of an entry's newest version; null when nothing has been saved yet. */
export async function newestPath(
  config: DatasetConfig,
  projectDir: string,
): Promise<{ path: string; version: string | null } | null> {
  const location = locate(config, {}, { projectDir, runVersion: "" });
  if (!(await location.exists())) return null;
  return { path: await location.toLoad(), version: location.current() };
}

/** Previews the start of a file, or all of it when it is small. @returns null when nothing has been saved yet. */
export async function previewFile(
  name: string,
  type: FileType,
  config: DatasetConfig,
  { projectDir, classes }: { projectDir: string; classes: readonly string[] },
): Promise<DatasetPreview | null> {
  const found = await newestPath(config, projectDir);
  if (found === null) return null;
  const info = await stat(found.path);
  const isHead = type === "csv" || type === "text";
  const isPart = info.size > (isHead ? HEAD_BYTES : WHOLE_BYTES);
  const files: PreviewFiles = {
    bytes: info.size,
    savedAt: info.mtime.toISOString(),
    version: found.version,
    isPart,
  };
  const bytes = await readHead(found.path, isPart ? HEAD_BYTES : info.size);
  if (isPart && !isHead) {
    const isText = type === "json" || type === "metrics" || type === "yaml";
    if (!isText) return { kind: "tooLarge", maxBytes: WHOLE_BYTES, files: { ...files, isPart: false } };
    return { ...previewOfValue(name, wholeLetters(bytes)), files };
  }
  if (type === "image" && pixelsOf(bytes) > MAX_PIXELS)
    return { kind: "damaged", reason: `It has more than ${MAX_PIXELS} pixels`, files };
  const { read } = FILE_FORMATS[type](config, { classes });
  const preview = previewOfValue(name, read(isPart ? wholeLines(bytes) : bytes));
  return isPart && preview.kind === "table" ? { ...preview, total: null, files } : { ...preview, files };
}

/** Previews the names and sizes of the first partitions. @returns null when there are none. */
export async function previewPartitions(
  config: DatasetConfig,
  projectDir: string,
): Promise<DatasetPreview | null> {
  const directory = entryPath(projectDir, requiredText(config, "path"));
  const suffix = typeof config.filename_suffix === "string" ? config.filename_suffix : "";
  const entries = await opendir(directory, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new DatasetError(`${directory} cannot be listed: ${error.message}`, { cause: error });
  });
  const paths: string[] = [];
  let isPart = false;
  for await (const entry of entries ?? []) {
    if (isPartition(directory, entry, suffix)) paths.push(join(entry.parentPath, entry.name));
    isPart = paths.length >= MAX_PARTITIONS;
    if (isPart) break;
  }
  if (paths.length === 0) return null;
  const rows = await Promise.all(
    paths
      .toSorted()
      .slice(0, SHOWN_PARTITIONS)
      .map(async (path) => [
        relative(directory, path).slice(0, suffix === "" ? undefined : -suffix.length),
        String((await stat(path)).size),
      ]),
  );
  return { kind: "table", columns: ["partition", "bytes"], rows, total: isPart ? null : paths.length };
}

function isPartition(directory: string, entry: Dirent, suffix: string): boolean {
  if (!entry.isFile() || !entry.name.endsWith(suffix) || entry.name === suffix) return false;
  return !relative(directory, join(entry.parentPath, entry.name))
    .split("/")
    .some((part) => part.startsWith("."));
}

/**
 * Reads a part of a file.
 * @param bytes the maximum number of bytes; fewer are returned at the end of the file.
 * @param from the offset in bytes.
 */
export async function readHead(path: string, bytes: number, from = 0): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const buffer = new Uint8Array(bytes);
    let filled = 0;
    while (filled < bytes) {
      const { bytesRead } = await file.read(buffer, filled, bytes - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** Returns the bytes up to the last line end that is not within quotes; all complete letters without such an end. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const [LINE, QUOTE] = [0x0a, 0x22];
  let end = 0;
  let isQuoted = false;
  for (const [i, byte] of bytes.entries()) {
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === LINE && !isQuoted) end = i + 1;
  }
  return end === 0 ? new TextEncoder().encode(wholeLetters(bytes)) : bytes.subarray(0, end);
}

/** Decodes UTF-8 and drops an incomplete character at the end. */
function wholeLetters(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes, { stream: true });
}

/** Returns the number of pixels in the header of a PNG; 0 when the header is incomplete. */
function pixelsOf(bytes: Uint8Array): number {
  if (bytes.length < 24) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(16) * view.getUint32(20);
}
