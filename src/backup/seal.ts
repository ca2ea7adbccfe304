import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { InputError } from "../lib/errors.ts";

const HEX_BYTES = 64;
const LABEL = "tegaki backup. SHA-256 of all bytes before: ";
/** How much is written between two flushes: other writers of the disk never wait for more than that. */
const FLUSH_BYTES = 8 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;

/** The comment of a backup's zip archive, and so its last bytes. The zeros are replaced by the hash when it is known. */
export const SEAL = new TextEncoder().encode(LABEL + "0".repeat(HEX_BYTES));

/** Writes the bytes of an archive that ends with `SEAL`, and the hash of all of them over its zeros. */
export class SealedFile {
  readonly #file: FileHandle;
  readonly #hash = new Bun.CryptoHasher("sha256");
  /** The last bytes so far: they may be the zeros. */
  #held = new Uint8Array(0);
  #unflushed = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(chunk: Uint8Array): Promise<void> {
    const bytes = Buffer.concat([this.#held, chunk]);
    const end = Math.max(0, bytes.length - HEX_BYTES);
    this.#held = new Uint8Array(bytes.subarray(end));
    await this.#put(bytes.subarray(0, end));
  }

  /** Writes the hash, and flushes the file to the disk. */
  async finish(): Promise<void> {
    await writeAll(this.#file, new TextEncoder().encode(this.#hash.digest("hex")));
    await this.#file.sync();
  }

  async #put(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.#hash.update(bytes);
    await writeAll(this.#file, bytes);
    this.#unflushed += bytes.length;
    if (this.#unflushed < FLUSH_BYTES) return;
    this.#unflushed = 0;
    await this.#file.datasync();
  }
}

/**
 * Checks that a file is complete and has every byte as it was written.
 * @param onBytes is told how many were read.
 * @throws InputError, in one sentence and what to do, when it is not.
 */
export async function checkSeal(path: string, onBytes: (bytes: number) => void = () => {}): Promise<void> {
  const file = await openToRead(path);
  try {
    const { size } = await file.stat();
    const start = await readAt(file, 0, 4);
    if (!Buffer.from(start).equals(Buffer.from("PK\u0003\u0004"))) {
      throw new InputError(`${path} is not a backup of tegaki: expected a zip archive, found something else`);
    }
    const end = await readAt(file, Math.max(0, size - SEAL.length), SEAL.length);
    const text = new TextDecoder("latin1").decode(end);
    if (!text.startsWith(LABEL) || !/^[0-9a-f]{64}$/.test(text.slice(LABEL.length))) {
      throw new InputError(
        `${path} is not a complete backup of tegaki: its end is missing or was changed. Copy it again, or use another backup`,
      );
    }
    const found = await hashOf(file, size - HEX_BYTES, onBytes);
    if (found === text.slice(LABEL.length)) return;
    throw new InputError(
      `${path} is damaged: its bytes do not have the SHA-256 at its end. Copy it again, or use another backup`,
    );
  } finally {
    await file.close();
  }
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, "r");
    const stat = await file.stat();
    if (stat.isFile()) return file;
    await file.close();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "it does not exist" : message;
    throw new InputError(`Cannot read the backup ${path}: ${reason}`, { cause: error });
  }
  throw new InputError(`Cannot read the backup ${path}: it is not a file`);
}

async function hashOf(file: FileHandle, bytes: number, onBytes: (bytes: number) => void): Promise<string> {
  const hash = new Bun.CryptoHasher("sha256");
  const buffer = new Uint8Array(READ_BYTES);
  for (let at = 0; at < bytes; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(READ_BYTES, bytes - at), at);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
    onBytes(bytesRead);
  }
  return hash.digest("hex");
}

async function readAt(file: FileHandle, at: number, bytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, at);
  return buffer.subarray(0, bytesRead);
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}
