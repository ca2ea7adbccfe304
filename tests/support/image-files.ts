import { gzipSync } from "node:zlib";
import { type Pickled, pickled } from "./pickled-images.ts";

/** An image with one dot, at `100 + label`. */
export const dot = (label: number) =>
  Uint8Array.from({ length: 784 }, (_, i) => (i === 100 + label ? 255 : 0));
const dots = (labels: number[]) => Uint8Array.from(labels.flatMap((label) => [...dot(label)]));
export const LABELS = [3, 1, 4];

const imagesOf = (labels: number[]) => ({ shape: [labels.length, 28, 28], data: dots(labels) });
const labelsOf = (labels: number[]) => ({ shape: [labels.length], data: Uint8Array.from(labels) });
export const pair = (labels: number[]): Pickled => [imagesOf(labels), labelsOf(labels)];
export const triple = Buffer.concat([
  Buffer.from("\x80\x03", "latin1"),
  ...[[3], [1], [4]].map((labels) => Buffer.from(pickled(pair(labels))).subarray(2, -1)),
  Buffer.from("\x87.", "latin1"),
]);

function idx(magic: number, sizes: number[], data: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  [magic, ...sizes].forEach((value, i) => void header.writeUInt32BE(value, 4 * i));
  return Buffer.concat([header, data]);
}
export const idxImages = idx(0x803, [3, 28, 28], dots(LABELS));
export const idxLabels = idx(0x801, [3], Uint8Array.from(LABELS));

export const line = (label: number, delimiter = ",") => [label, ...dot(label)].join(delimiter);
export const header = ["label", ...Array.from({ length: 784 }, (_, i) => `pixel${i}`)];
export const rows = (delimiter = ",") => LABELS.map((label) => line(label, delimiter)).join("\n");
export const ndjson = LABELS.map((label) => JSON.stringify({ label, pixels: [...dot(label)] })).join("\n");
export const BOM = "\ufeff";

/** The same three images in every form. */
export const FORMS: Record<string, Record<string, string | Uint8Array>> = {
  "NDJSON pixels": { "x.ndjson": ndjson },
  "NDJSON pixels under another name, with a BOM and CRLF": {
    "x.txt": BOM + ndjson.replaceAll("\n", "\r\n"),
  },
  "Kaggle's CSV": { "train.csv": `${header.join(",")}\n${rows()}\n` },
  "CSV with a BOM, CRLF and quotes": {
    "x.csv": `${BOM}${header.map((name) => `"${name}"`).join(",")}\r\n${rows().replaceAll("\n", "\r\n")}`,
  },
  "CSV with semicolons": { "x.csv": `${header.join(";")}\n${rows(";")}` },
  "CSV without a header": { "mnist_train.csv": rows() },
  "CSV with the label last": {
    "x.csv": [[...header.slice(1), "class"].join(","), ...LABELS.map((n) => [...dot(n), n].join(","))].join(
      "\n",
    ),
  },
  "IDX as x.images.idx": { "x.images.idx": idxImages, "x.labels.idx": idxLabels },
  "IDX as MNIST has it": { "train-images-idx3-ubyte": idxImages, "train-labels-idx1-ubyte": idxLabels },
  "IDX with dots": { "train-images.idx3-ubyte": idxImages, "train-labels.idx1-ubyte": idxLabels },
  "IDX of which only the labels are packed": {
    "train-images-idx3-ubyte": idxImages,
    "train-labels-idx1-ubyte.gz": gzipSync(idxLabels),
  },
  "a pickle of one pair": { "app.pkl": pickled(pair(LABELS)) },
  "a pickle of two pairs": { "mnist.pkl": pickled([pair([3, 1]), pair([4])]) },
  "a pickle of three pairs": { "mnist.pkl": triple },
  "pickles of pairs in sequence": {
    "app.pkl": Buffer.concat([pickled(pair([3])), pickled(pair([1, 4]))]),
  },
  "pickles of images and labels in turn": {
    "app.pkl": Buffer.concat([pickled(imagesOf(LABELS)), pickled(labelsOf(LABELS))]),
  },
  "pickles of single images and labels in turn": {
    "app.pkl": Buffer.concat(
      LABELS.flatMap((label) => [
        pickled({ shape: [28, 28], data: dot(label) }),
        pickled({ shape: [], data: Uint8Array.of(label) }),
      ]),
    ),
  },
};
