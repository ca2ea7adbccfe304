import { DatasetError } from "../../../engine/errors.ts";

/** Reads a pickle's bytes in sequence. Every read is checked against the end of the file. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Offset of the next byte. */
  get position(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }
  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }
  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }
  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }
  /** Reads a length; one that exceeds the file makes the next read fail. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }
  /** Big-endian, unlike the integers. */
  float64(): number {
    return this.#view.getFloat64(this.#take(8), false);
  }

  /** Returns a view of the file, not a copy. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  utf8(length: number): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes(length));
    } catch (error) {
      throw new DatasetError(`the string at byte ${this.#at} is not UTF-8`, { cause: error });
    }
  }

  /** Reads one character per byte, which Python calls latin1. */
  latin1(length: number): string {
    return latin1Of(this.bytes(length));
  }

  /** Reads up to the next line feed, which is consumed but not returned. */
  line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0) throw new DatasetError("the file ends within a line; it is cut off");
    const text = this.latin1(end - this.#at);
    this.#at = end + 1;
    return text;
  }

  #take(length: number): number {
    const start = this.#at;
    if (length > this.#bytes.length - start) {
      throw new DatasetError(
        `the file ends after ${this.#bytes.length} bytes, but ${length} more are expected; it is cut off`,
      );
    }
    this.#at = start + length;
    return start;
  }
}

const CHUNK = 8192;

function latin1Of(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return text;
}
