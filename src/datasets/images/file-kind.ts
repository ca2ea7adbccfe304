import { unreadable, type Words, words } from "./row-problems.ts";
import { readStart } from "./unpack.ts";

/** The formats of labelled images. */
export type ImageFileKind = "ndjson" | "pickle" | "idx" | "csv" | "zip" | "label-studio";

/** Enough to tell the formats apart. */
const START_BYTES = 4096;
const IDX_IMAGES = 0x00000803;
const IDX_LABELS = 0x00000801;

const WHAT_IS_READ =
  "Expected drawings as NDJSON, a pickle of (images, labels), IDX images with their labels, a CSV file with a label and 784 pixels in each row, PNG images in a zip archive with a folder for each label, or Label Studio's JSON; each may be packed with gzip";

/**
 * Recognizes the format of a file by its content, unpacked if it is gzip. The name only decides for a pickle of
 * protocol 0, which begins like text, and for an empty file.
 * @throws InputError naming the file, and the remedy for formats that are common but not read.
 */
export async function kindOf(path: string): Promise<ImageFileKind> {
  const start = await readStart(path, START_BYTES);
  const name = path.replace(/\.gz$/i, "");
  if (/\.(pkl|pickle)$/i.test(name) && start.length > 0) return "pickle";
  const refuse = (reason: Words): never => {
    throw unreadable(path, reason);
  };
  if (start[0] === 0x80 && start[1]! >= 2 && start[1]! <= 5) return "pickle";
  const magic = start.length >= 4 ? new DataView(start.buffer, start.byteOffset).getUint32(0) : 0;
  if (magic === IDX_IMAGES) return "idx";
  if (magic === IDX_LABELS)
    return refuse(words("it has the labels. Name the file with the images", "kindLabels"));
  if (latin(start, 0, 4) === "PK\u0003\u0004") {
    if (!/\.np[yz]$/i.test(name) && !latin(start, 30, 60).includes(".npy")) return "zip";
    return refuse(words("it is an .npz file. Save (images, labels) with pickle.dump instead", "kindNpz"));
  }
  if (latin(start, 1, 4) === "PNG") return refuse(words(`it is a PNG image. ${WHAT_IS_READ}`, "kindPng"));
  if (start[0] === 0xff || start[0] === 0xfe || (start[1] === 0 && start[0] !== 0)) {
    return refuse(words("it is not UTF-8 text. If it is a table or NDJSON, save it as UTF-8", "kindNotText"));
  }
  return textKind(new TextDecoder().decode(start).trimStart(), name, refuse);
}

function textKind(text: string, name: string, refuse: (reason: Words) => never): ImageFileKind {
  if (text.startsWith("{") || (/\.(ndjson|jsonl)$/i.test(name) && !text.startsWith("["))) return "ndjson";
  if (text === "") return refuse(words("it is empty", "kindEmpty"));
  if (text.startsWith("[")) return "label-studio";
  const line = text.split(/\r?\n/, 1)[0]!;
  if (/\.csv$/i.test(name) || /^[^\0]*?[,;\t][^\0]*?[,;\t][^\0]*$/.test(line)) return "csv";
  return refuse(words(`its format is unknown. ${WHAT_IS_READ}`, "kindUnknown"));
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString("latin1");
}
