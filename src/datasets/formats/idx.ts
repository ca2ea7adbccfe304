import type { ImageSet } from "../../domain/image-set.ts";
import { InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";

/*
 * The IDX format of MNIST: two zero bytes, the type of the values (8: unsigned bytes), the number of dimensions,
 * each dimension as a big-endian uint32, then the values row by row.
 *
 * Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", file formats.
 */

const UNSIGNED_BYTE = 8;
const MAX_SIDE_PX = 4096;

/**
 * Reads an IDX file of labels.
 * @param name the file's name, for messages.
 * @returns uint8 [N], a view of `bytes`.
 * @throws InputError when it is not exactly an IDX file of N labels.
 */
export function parseIdxLabels(bytes: Uint8Array, name: string): Uint8Array {
  const { data } = parseIdx(bytes, name, 1, "labels");
  return data;
}

/**
 * Reads an IDX file of images.
 * @param name the file's name, for messages.
 * @returns uint8 [N, rows, cols], a view of `bytes`.
 * @throws InputError when it is not exactly an IDX file of N images.
 */
export function parseIdxImages(
  bytes: Uint8Array,
  name: string,
): { rows: number; cols: number; images: Uint8Array } {
  const { sizes, data } = parseIdx(bytes, name, 3, "images");
  const [, rows, cols] = sizes as [number, number, number];
  if (rows < 1 || cols < 1 || rows > MAX_SIDE_PX || cols > MAX_SIDE_PX) {
    throw new InputError(
      `${name}: images are ${rows}x${cols} px, expected 1 to ${MAX_SIDE_PX} on each side`,
      { says: saying("import.idxSide", { name, found: `${rows}x${cols}`, max: MAX_SIDE_PX }) },
    );
  }
  return { rows, cols, images: data };
}

/**
 * Reads a pair of files as one set. The labels are the bytes of the file: for MNIST, the digits 0..9.
 * @throws InputError when either is malformed, or they have different counts.
 */
export function parseIdxPair(images: IdxFile, labels: IdxFile): ImageSet {
  const { rows, cols, images: pixels } = parseIdxImages(images.bytes, images.name);
  const values = parseIdxLabels(labels.bytes, labels.name);
  const n = pixels.length / (rows * cols);
  if (n !== values.length) {
    throw new InputError(`${images.name} has ${n} images but ${labels.name} has ${values.length} labels`, {
      says: saying("import.idxCounts", {
        ...{ images: images.name, n, labels: labels.name, found: values.length },
      }),
    });
  }
  return { rows, cols, images: pixels, labels: values };
}

/** The name of a file, for messages, and its content. */
export interface IdxFile {
  name: string;
  bytes: Uint8Array;
}

function parseIdx(
  bytes: Uint8Array,
  name: string,
  rank: number,
  what: "images" | "labels",
): { sizes: number[]; data: Uint8Array } {
  const headerBytes = 4 + 4 * rank;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = (UNSIGNED_BYTE << 8) | rank;
  if (bytes.length < 4 || view.getUint32(0) !== magic) {
    const found =
      bytes.length < 4 ? `${bytes.length} bytes` : `0x${view.getUint32(0).toString(16).padStart(8, "0")}`;
    const expected = `0x${magic.toString(16).padStart(8, "0")}`;
    const key = what === "labels" ? "import.notIdxLabels" : "import.notIdxImages";
    throw new InputError(
      `${name} is not an IDX file of ${what}: it must start with ${expected}, found ${found}`,
      { says: saying(key, { name, expected, found }) },
    );
  }
  if (bytes.length < headerBytes) {
    throw new InputError(
      `${name} ends within its header: expected ${headerBytes} bytes, found ${bytes.length}`,
      { says: saying("import.idxHeader", { name, expected: headerBytes, found: bytes.length }) },
    );
  }
  const sizes = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = headerBytes + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    throw new InputError(
      `${name} has ${bytes.length} bytes, but its header (${sizes.join("x")}) requires ${expected}`,
      { says: saying("import.idxLength", { name, found: bytes.length, sizes: sizes.join("x"), expected }) },
    );
  }
  return { sizes, data: bytes.subarray(headerBytes) };
}
