import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetPreview } from "../../engine/catalog/dataset-preview.ts";
import { DatasetError } from "../../engine/errors.ts";
import { MNIST_FILE_NAMES } from "../files/idx-dataset.ts";
import { parseIdxImages } from "../formats/idx.ts";
import { readHead } from "./preview-files.ts";
import { MAX_IMAGES, sheetPreview } from "./preview-value.ts";

/** Magic number, count, rows, columns. */
const HEADER_BYTES = 16;

interface Head {
  path: string;
  bytes: number;
  savedAt: Date;
  count: number;
  rows: number;
  cols: number;
}

/** Previews the first test images of a directory with MNIST's files; the headers give the total of both sets. */
export async function previewIdx(name: string, directory: string): Promise<DatasetPreview | null> {
  const names = [MNIST_FILE_NAMES.testImages, MNIST_FILE_NAMES.trainImages];
  const heads = await Promise.all(names.map((file) => readHeader(join(directory, file))));
  const [test, train] = heads;
  if (test == null || train == null) return null;
  const { rows, cols } = test;
  const count = Math.min(test.count, MAX_IMAGES);
  const images = await readHead(test.path, count * rows * cols, HEADER_BYTES);
  return {
    ...sheetPreview(name, { rows, cols, images }, test.count + train.count),
    files: {
      bytes: test.bytes + train.bytes,
      savedAt: new Date(Math.max(+test.savedAt, +train.savedAt)).toISOString(),
      version: null,
      isPart: test.count + train.count > count,
    },
  };
}

/** @returns null when the file does not exist. @throws DatasetError when it is cut off or not an IDX file of images. */
async function readHeader(path: string): Promise<Head | null> {
  const info = await stat(path).catch(() => null);
  if (info === null) return null;
  const header = await readHead(path, HEADER_BYTES);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const count = header.length < HEADER_BYTES ? 0 : view.getUint32(4);
  const [rows, cols] = header.length < HEADER_BYTES ? [0, 0] : [view.getUint32(8), view.getUint32(12)];
  const expected = HEADER_BYTES + count * rows * cols;
  // With a count of 0 images the header is a complete file, which the parser can check.
  if (header.length === HEADER_BYTES) view.setUint32(4, 0);
  parseIdxImages(header, path);
  if (info.size !== expected) {
    throw new DatasetError(`${path} has ${info.size} bytes, but its header requires ${expected}`);
  }
  return { path, bytes: info.size, savedAt: info.mtime, count, rows, cols };
}
