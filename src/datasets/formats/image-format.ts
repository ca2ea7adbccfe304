import { convertIndexedToRgb, type DecodedPng, decode, encode, hasPngSignature } from "fast-png";
import { DatasetError } from "../../engine/errors.ts";
import { messageOf } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { FileFormat } from "../files/file-dataset.ts";

/** An image as plain data. */
export interface Image {
  rows: number;
  cols: number;
  /** 1 grey, 2 grey and alpha, 3 red-green-blue, 4 red-green-blue and alpha. */
  channels: number;
  /** uint8 [rows, cols, channels], row by row. */
  data: Uint8Array;
}

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_PIXELS = 64 * 1024 * 1024;
/** Signature, then the length and name of IHDR; width and height follow. */
const WIDTH_AT = 16;
const HEADER_BYTES = 33;

/** Reads and writes PNG with up to 8 bits per channel. Palettes are converted to colours. */
export function imageFormat(): FileFormat {
  return { read: readPng, write: writePng, maxBytes: MAX_FILE_BYTES };
}

function readPng(bytes: Uint8Array): Image {
  checkHeader(bytes);
  let png: DecodedPng;
  try {
    png = decode(bytes, { checkCrc: true });
  } catch (error) {
    const reason = messageOf(error);
    throw new DatasetError(`is not a valid PNG: ${reason}`, {
      ...{ cause: error, says: saying("import.badPng", { reason }) },
    });
  }
  if (png.depth === 16)
    throw new DatasetError("has 16 bits per channel. Save it with 8", { says: saying("import.png16") });
  const data =
    png.depth === 8 && png.palette === undefined ? png.data : convertIndexedToRgb(withPalette(png));
  const pixels = png.width * png.height;
  return { rows: png.height, cols: png.width, channels: data.length / pixels, data: new Uint8Array(data) };
}

/** Checks the size before anything is allocated. */
function checkHeader(bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES || !hasPngSignature(bytes))
    throw new DatasetError("is not a PNG", { says: saying("import.notPng") });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(WIDTH_AT), view.getUint32(WIDTH_AT + 4)];
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) {
    throw new DatasetError(`is ${width}x${height} px, expected 1 to ${MAX_PIXELS} pixels`, {
      says: saying("import.pngSize", { found: `${width}x${height}`, max: MAX_PIXELS }),
    });
  }
}

/** Adds a palette of grey shades to an image with fewer than 8 bits per channel, whose values are then indices. */
function withPalette(png: DecodedPng): DecodedPng {
  if (png.palette !== undefined) return png;
  const shades = 2 ** png.depth;
  return { ...png, palette: Array.from({ length: shades }, (_, i) => [(i * 255) / (shades - 1)]) };
}

function writePng(value: unknown): Uint8Array {
  const { rows, cols, channels, data } = checkedImage(value);
  return encode({ width: cols, height: rows, channels, depth: 8, data });
}

function checkedImage(value: unknown): Image {
  const { rows, cols, channels, data } = (value ?? {}) as Record<string, unknown>;
  const isSide = (side: unknown): side is number => Number.isInteger(side) && (side as number) >= 1;
  if (!isSide(rows) || !isSide(cols) || rows * cols > MAX_PIXELS) {
    throw new DatasetError(
      `rows and cols of an image must be whole numbers of at least 1, found ${rows}x${cols}`,
    );
  }
  if (!isSide(channels) || channels > 4) {
    throw new DatasetError(`an image must have 1 to 4 channels, found ${String(channels)}`);
  }
  if (!(data instanceof Uint8Array) || data.length !== rows * cols * channels) {
    const found = data instanceof Uint8Array ? `${data.length} bytes` : typeof data;
    throw new DatasetError(
      `the data of a ${rows}x${cols} image must have ${rows * cols * channels} bytes, found ${found}`,
    );
  }
  return { rows, cols, channels, data };
}
