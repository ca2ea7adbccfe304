import { DatasetError } from "../../../engine/errors.ts";

/**
 * Memory that a value takes, in bytes, measured in this runtime and rounded up. `slot` is a place on the stack, in the
 * memo, in a list or in a dict.
 */
export const COST = { slot: 8, list: 80, dict: 150, map: 400, bytes: 100, array: 400, shared: 110 } as const;

/** A list of points, a dense file of small containers, takes about 20 bytes of memory per byte. */
const BYTES_PER_FILE_BYTE = 24;
/** Small files may be denser. */
const BYTES_AT_LEAST = 64 * 1024 * 1024;
/** Of the bytes of all arrays: a buffer that is used twice is copied twice. */
const ARRAY_BYTES_PER_FILE_BYTE = 8;
const ARRAY_BYTES_AT_LEAST = 1024 * 1024;

/**
 * The memory that a pickle may take: in proportion to its file, because one byte can create a list or a dict. What is
 * freed on the way is not returned.
 */
export class Budget {
  #left: number;
  #arraysLeft: number;
  #spent = 0;

  constructor(fileBytes: number) {
    this.#left = BYTES_AT_LEAST + BYTES_PER_FILE_BYTE * fileBytes;
    this.#arraysLeft = Math.max(ARRAY_BYTES_AT_LEAST, ARRAY_BYTES_PER_FILE_BYTE * fileBytes);
  }

  /** The bytes that have been spent so far. */
  get spent(): number {
    return this.#spent;
  }

  /** @throws DatasetError when the file has used up its memory. */
  spend(bytes: number): void {
    this.#spent += bytes;
    this.#left -= bytes;
    if (this.#left < 0) throw new DatasetError("its lists and dicts would be far larger than the file");
  }

  /** Spends the content of an array. @throws DatasetError as above. */
  spendArray(raw: unknown): void {
    const bytes = raw instanceof Uint8Array || typeof raw === "string" ? raw.length : 0;
    this.#spent += bytes;
    this.#arraysLeft -= bytes;
    if (this.#arraysLeft < 0) throw new DatasetError("its arrays would be far larger than the file");
  }
}
