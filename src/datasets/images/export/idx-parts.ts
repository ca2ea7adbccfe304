import { IMAGE_COLS, IMAGE_ROWS } from "../../../digits/image-format.ts";

const IDX_IMAGES = 0x00000803;
const IDX_LABELS = 0x00000801;

/** The head of IDX images; the labels are a file of their own. */
export function idxImagesHead(n: number): Uint8Array {
  return bigEndian(IDX_IMAGES, n, IMAGE_ROWS, IMAGE_COLS);
}

/** A file of IDX labels. */
export function idxLabels(labels: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([bigEndian(IDX_LABELS, labels.length), labels]));
}

function bigEndian(...values: number[]): Uint8Array {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    buffer.writeUInt32BE(value, 4 * i);
  });
  return new Uint8Array(buffer);
}
