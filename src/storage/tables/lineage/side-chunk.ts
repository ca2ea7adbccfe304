import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Number of neighbouring sample contents that are stored together. */
export const CHUNK = 1_024;

/** The part that a content has in a run, as a number: 0 nothing; 1 to 3 the sides; from 4 on, left out for a reason. */
export type SideCode = number;

/** Packs the codes of a chunk: two bytes each, deflated. Neighbours are usually alike, so most take 10 to 200 bytes. */
export function packSides(codes: Uint16Array): Uint8Array {
  return deflateRawSync(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength));
}

/** The inverse of `packSides`. @returns `CHUNK` codes. */
export function unpackSides(packed: Uint8Array): Uint16Array {
  const bytes = inflateRawSync(packed);
  return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 2 * CHUNK));
}
