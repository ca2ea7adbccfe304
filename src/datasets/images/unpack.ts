import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip, gunzipSync } from "node:zlib";
import { type InputError, messageOf } from "../../lib/errors.ts";
import { unreadable, valueError, type Words, words, wordsOf } from "./row-problems.ts";

/** A file that is read as a whole, packed or not, has at most this many bytes. */
const MAX_WHOLE_BYTES = 1024 ** 3;
/** A file may be unpacked to this many times its size, or to `ALWAYS_BYTES`: MNIST's files are packed 5 to 1. */
const MAX_RATIO = 256;
const ALWAYS_BYTES = 64 * 1024 * 1024;
/** All lines of a packed text have at most this many bytes. */
const MAX_STREAM_BYTES = 64 * 1024 ** 3;
/** In UTF-16 code units. */
const MAX_LINE = 64 * 1024 * 1024;

/** Whether bytes begin like gzip. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unpacks gzip; other bytes are returned as they are. @throws InputError when it is damaged or far too large. */
export function unpacked(bytes: Uint8Array): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  const maxOutputLength = Math.min(MAX_WHOLE_BYTES, Math.max(ALWAYS_BYTES, MAX_RATIO * bytes.length));
  try {
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength }));
  } catch (error) {
    throw valueError(damageWords(error, maxOutputLength), error);
  }
}

/**
 * Reads a whole file, unpacked if it is gzip, whatever its name is.
 * @throws InputError naming the file when it does not exist, is no file, is damaged, or is above 1 GiB.
 */
export async function readUnpacked(path: string): Promise<Uint8Array> {
  const file = Bun.file(path);
  if (!(await file.exists())) throw missing(path);
  if (file.size > MAX_WHOLE_BYTES) {
    const figures = { bytes: file.size, max: MAX_WHOLE_BYTES };
    throw unreadable(
      path,
      words(`it has ${file.size} bytes, at most ${MAX_WHOLE_BYTES} can be read`, "tooLong", figures),
    );
  }
  try {
    return unpacked(await file.bytes());
  } catch (error) {
    throw unreadable(path, wordsOf(error), error);
  }
}

/** The first bytes of a file, unpacked if it is gzip: at most `length`. @throws InputError as `readUnpacked`. */
export async function readStart(path: string, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of streamUnpacked(path)) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= length) break;
  }
  return new Uint8Array(Buffer.concat(parts).subarray(0, length));
}

/** A file's bytes as they are read, unpacked if it is gzip. @throws InputError naming the file. */
async function* streamUnpacked(path: string): AsyncGenerator<Uint8Array> {
  if (!(await Bun.file(path).exists())) throw missing(path);
  const stream = createReadStream(path);
  const source = (await isGzipFile(path)) ? stream.pipe(createGunzip()) : stream;
  stream.on("error", (error) => source.destroy(error));
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MAX_STREAM_BYTES) throw new RangeError("too large");
      yield chunk;
    }
  } catch (error) {
    throw unreadable(path, damageWords(error, MAX_STREAM_BYTES), error);
  } finally {
    stream.destroy();
  }
}

/**
 * The lines of a UTF-8 text, unpacked if it is gzip, without their ends and without a byte-order mark at the start.
 * @throws InputError naming the file when it is not UTF-8 or has a line above 64 MiB.
 */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decoded = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (error) {
      throw unreadable(path, words("it is not UTF-8 text", "notText"), error);
    }
  };
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of streamUnpacked(path)) {
    const [first = "", ...others] = decoded(chunk).split("\n");
    parts.push(first);
    length += first.length;
    if (length > MAX_LINE) {
      const figures = { max: MAX_LINE };
      throw unreadable(path, words(`a line has more than ${MAX_LINE} characters`, "longLine", figures));
    }
    for (const line of others) {
      yield withoutReturn(parts.join(""));
      parts = [line];
      length = line.length;
    }
  }
  const last = parts.join("") + decoded();
  if (last !== "") yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

async function isGzipFile(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && isGzip(buffer);
  } finally {
    await file.close();
  }
}

function missing(path: string): InputError {
  return unreadable(path, words("it does not exist or is not a file", "missing"));
}

function damageWords(error: unknown, maxBytes: number): Words {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isTooLarge = code === "ERR_BUFFER_TOO_LARGE" || error instanceof RangeError;
  if (isTooLarge) return words(`unpacked, it has more than ${maxBytes} bytes`, "gzipLong", { max: maxBytes });
  if (code === "Z_BUF_ERROR") return words("its gzip data is cut off", "gzipCut");
  if (!code.startsWith("Z_")) return wordsOf(error);
  const reason = messageOf(error);
  return words(`its gzip data is damaged (${reason})`, "gzipDamaged", { reason });
}
