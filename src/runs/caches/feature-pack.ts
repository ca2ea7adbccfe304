import { crc32 } from "node:zlib";

/*
 * Rows by key in one file, each with a checksum, so that the intact rows of a damaged file can be used:
 *
 *   8 bytes   magic
 *   u32       N, rows
 *   u32       crc32 of the index
 *   N times   key (32 bytes), length in bytes (u32), crc32 of the row (u32): the index
 *   rest      the rows, in that order
 *
 * Little-endian; every length is a multiple of 4, so that rows are aligned to the words in them.
 */
const MAGIC = Buffer.from("tgkfeat1");
const HEADER_BYTES = 16;
const ENTRY_BYTES = 40;

/**
 * Writes a pack.
 * @param rows by key: lower-case hex of 32 bytes. Each has a multiple of 4 bytes.
 * @throws {RangeError} for a row of another length.
 */
export function encodePack(rows: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const index = Buffer.alloc(rows.size * ENTRY_BYTES);
  let at = 0;
  for (const [key, row] of rows) {
    if (row.length % 4 !== 0) throw new RangeError(`A row has ${row.length} bytes, expected a multiple of 4`);
    index.write(key, at, 32, "hex");
    index.writeUInt32LE(row.length, at + 32);
    index.writeUInt32LE(crc32(row), at + 36);
    at += ENTRY_BYTES;
  }
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32LE(rows.size, 8);
  header.writeUInt32LE(crc32(index), 12);
  return Buffer.concat([header, index, ...rows.values()]);
}

/** The place of one row in a pack, in bytes from the beginning of the file. */
export interface PackEntry {
  key: string;
  offset: number;
  length: number;
  crc: number;
}

/** Number of bytes that `decodeIndex` needs, from the first 16 of a file; null when it is not a pack. */
export function indexBytes(header: Uint8Array): number | null {
  const buffer = Buffer.from(header.buffer, header.byteOffset, header.length);
  if (buffer.length < HEADER_BYTES || !buffer.subarray(0, 8).equals(MAGIC)) return null;
  return HEADER_BYTES + buffer.readUInt32LE(8) * ENTRY_BYTES;
}

/** Reads a pack's index. @param bytes the beginning of a file. @returns null when it is not a pack, or is damaged. */
export function decodeIndex(bytes: Uint8Array): PackEntry[] | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = indexBytes(buffer);
  if (end === null || buffer.length < end) return null;
  if (crc32(buffer.subarray(HEADER_BYTES, end)) !== buffer.readUInt32LE(12)) return null;
  const entries: PackEntry[] = [];
  let offset = end;
  for (let at = HEADER_BYTES; at < end; at += ENTRY_BYTES) {
    const length = buffer.readUInt32LE(at + 32);
    entries.push({
      key: buffer.toString("hex", at, at + 32),
      offset,
      length,
      crc: buffer.readUInt32LE(at + 36),
    });
    offset += length;
  }
  return entries;
}

/** A row of a pack; null when it is damaged or missing. */
export function rowOf(pack: Uint8Array, { offset, length, crc }: PackEntry): Uint8Array | null {
  const row = pack.subarray(offset, offset + length);
  return row.length === length && crc32(row) === crc ? row : null;
}
