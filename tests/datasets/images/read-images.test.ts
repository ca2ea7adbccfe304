import { afterAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  type ImageFiles,
  type Parts,
  readImages,
  transposed,
} from "../../../src/datasets/images/read-images.ts";
import { InputError } from "../../../src/lib/errors.ts";
import {
  BOM,
  dot,
  FORMS,
  header,
  idxImages,
  idxLabels,
  LABELS,
  line,
  ndjson,
  pair,
  rows,
  triple,
} from "../../support/image-files.ts";
import { type Pickled, pickled } from "../../support/pickled-images.ts";

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const root = await mkdtemp(join(tmpdir(), "tegaki-images-"));
afterAll(() => rm(root, { recursive: true }));
let count = 0;

/** Writes files into a new folder; gives the path of the first. */
async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
  const dir = join(root, String(count++));
  for (const [name, content] of Object.entries(files)) await Bun.write(join(dir, name), content);
  return join(dir, Object.keys(files)[0]!);
}

interface How extends Omit<ImageFiles, "file"> {
  classes?: readonly string[] | null;
  parts?: Parts;
}

async function read(file: string, { classes = CLASSES, parts = "all", ...how }: How = {}) {
  const notices: string[] = [];
  const notice = (text: string) => void notices.push(text);
  const rows = await Array.fromAsync(readImages({ file, ...how }, { classes, parts, notice }));
  return { rows, notices };
}

test.each(Object.keys(FORMS))("readImages() reads %s, plain and packed", async (form) => {
  const files = FORMS[form]!;
  const packed = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name.replace(/(\.gz)?$/, ".gz"),
      name.endsWith(".gz") ? content : gzipSync(content),
    ]),
  );
  for (const given of [files, packed]) {
    const { rows: found, notices } = await read(await folder(given));
    expect(found.map(({ label }) => label)).toEqual(LABELS.map(String));
    expect(found.map(({ pixels }) => pixels)).toEqual(LABELS.map(dot));
    expect(notices).toEqual([]);
  }
});

test("readImages() reads gzip whose name does not say so", async () => {
  const { rows: found } = await read(await folder({ "x.ndjson": gzipSync(ndjson) }));
  expect(found).toHaveLength(3);
});

test("readImages() reads the last part of mnist.pkl as its test set, and every part of an appended file", async () => {
  const last = async (content: Uint8Array) =>
    (await read(await folder({ "x.pkl": content }), { parts: "last" })).rows.map(({ label }) => label);
  expect(await last(triple)).toEqual(["4"]);
  expect(await last(pickled([pair([3, 1]), pair([4])]))).toEqual(["4"]);
  expect(await last(Buffer.concat([pickled(pair([3])), pickled(pair([1, 4]))]))).toEqual(["3", "1", "4"]);
});

test("readImages() applies the label offset and the orientation", async () => {
  const file = await folder({ "x.images.idx": idxImages, "x.labels.idx": idxLabels });
  const { rows: found } = await read(file, { labelOffset: 1, isTransposed: true });
  expect(found.map(({ label }) => label)).toEqual(["2", "0", "3"]);
  expect(found.map(({ pixels }) => pixels)).toEqual(LABELS.map((label) => transposed(dot(label))));
  expect(transposed(transposed(dot(3)))).toEqual(dot(3));
  // Pixel 103 is row 3, column 19.
  expect(transposed(dot(3))[19 * 28 + 3]).toBe(255);
});

test("readImages() gives null for an empty image, and no labels when they are ignored", async () => {
  const empty = {
    "x.pkl": pickled([
      { shape: [1, 28, 28], data: new Uint8Array(784) },
      { shape: [1], data: Uint8Array.of(7) },
    ]),
  };
  expect((await read(await folder(empty))).rows[0]).toMatchObject({ label: "7", pixels: null });
  expect((await read(await folder(empty), { classes: null })).rows[0]).toMatchObject({ label: null });
  const bare = { "test.csv": `${header.slice(1).join(",")}\n${[...dot(1)].join(",")}` };
  expect((await read(await folder(bare), { classes: null })).rows[0]!.pixels).toEqual(dot(1));
});

const two = (images: Pickled, labels: Pickled) => ({ "app.pkl": pickled([images, labels]) });
const one = { shape: [1, 28, 28], data: dot(1) };

const REFUSED: [string, Record<string, string | Uint8Array>, RegExp, How?][] = [
  ["a missing file", {}, /Cannot read .*: it does not exist or is not a file/],
  ["an empty file", { "x.pkl": "" }, /Cannot read .*x.pkl: it is empty/],
  [
    "an npz",
    { "mnist.npz": "PK\u0003\u0004 and so on" },
    /it is an .npz file. Save \(images, labels\) with pickle.dump/,
  ],
  [
    "a PNG",
    { "7.png": Buffer.from("\u0089PNG\r\n", "latin1") },
    /it is a PNG image. Expected drawings as NDJSON/,
  ],
  [
    "a JSON array",
    { "x.json": '[{"label":1}]' },
    /expected Label Studio's tasks \[\{data, annotations\}\], found another JSON/,
  ],
  ["UTF-16", { "x.csv": Buffer.from(`${BOM}label,pixel0\n`, "utf16le") }, /it is not UTF-8 text/],
  ["text", { "x.txt": "hello" }, /its format is unknown. Expected drawings as NDJSON/],
  ["latin1 in NDJSON", { "x.ndjson": Buffer.from('{"label":"\u00e9"}', "latin1") }, /it is not UTF-8 text/],
  ["the labels", { "x-labels-idx1-ubyte": idxLabels }, /it has the labels. Name the file with the images/],
  [
    "images without their labels",
    { "x-images-idx3-ubyte": idxImages },
    /x-labels-idx1-ubyte does not exist. Name the file with --labels/,
  ],
  [
    "images of an unknown name",
    { "x.bin": idxImages },
    /Cannot find the labels of .*x.bin. Name the file with --labels/,
  ],
  ["--labels for another format", { "x.ndjson": ndjson }, /is not an IDX file/, { labels: "y" }],
  ["gzip that is cut off", { "x.gz": gzipSync(ndjson).subarray(0, -9) }, /its gzip data is cut off/],
  [
    "gzip that is damaged",
    { "x.gz": Buffer.concat([gzipSync(ndjson).subarray(0, -8), Buffer.alloc(8, 255)]) },
    /its gzip data is damaged/,
  ],
  [
    "CSV without labels",
    { "test.csv": `${header.slice(1).join(",")}\n${[...dot(1)].join(",")}` },
    /784 columns of pixels but no labels/,
  ],
  [
    "CSV of another size",
    { "x.csv": "label,a,b\n1,2,3" },
    /expected a label and 784 pixels.*found 3 columns/,
  ],
  [
    "CSV with an unnamed label",
    { "x.csv": `${["what", ...header.slice(1)].join(",")}\n${rows()}` },
    /none named "label"/,
  ],
  ["CSV with a short line", { "x.csv": `${rows()}\n1,2` }, /line 4: expected 785 fields, found 2/],
  [
    "CSV with text for a pixel",
    { "x.csv": `${rows()}\n${line(1).replace(",0,", ",zero,")}` },
    /line 4, column 2: expected a pixel value, found "zero"/,
  ],
  [
    "CSV with an empty pixel",
    { "x.csv": `${rows()}\n${line(1).replace(",0,", ",,")}` },
    /line 4, column 2: expected a pixel value, found ""/,
  ],
  [
    "a label that is no class",
    { "x.ndjson": JSON.stringify({ label: 11, pixels: [...dot(1)] }) },
    /line 1: expected a label of the classes/,
  ],
  [
    "labels counted from 1",
    { "x.csv": `${header.join(",")}\n${line(1)}\n10${line(2).slice(1)}` },
    /line 3: .*give --label-offset 1/,
  ],
  [
    "standardised floats",
    { "x.csv": `${header.join(",")}\n${line(1).replace(",255,", ",-0.42,")}` },
    /line 2: .*they were standardised/,
  ],
  [
    "images of another size",
    two({ shape: [1, 2, 2], data: new Uint8Array(4) }, { shape: [1], data: Uint8Array.of(1) }),
    /images are 2x2, expected 28x28/,
  ],
  [
    "one array",
    { "app.pkl": pickled({ shape: [1], data: Uint8Array.of(0) }) },
    /images without labels; expected \(images, labels\)/,
  ],
  [
    "colour images",
    two({ shape: [1, 28, 28, 3], data: new Uint8Array(2352) }, { shape: [1], data: Uint8Array.of(1) }),
    /images of shape \(1, 28, 28, 3\)/,
  ],
  ["more labels than images", two(one, { shape: [2], data: Uint8Array.of(1, 2) }), /1 images, but 2 labels/],
  [
    "labels that are nearly one-hot",
    two(one, { shape: [1, 3], data: Uint8Array.of(1, 1, 0) }),
    /row of 3 values with 2 ones.*one-hot \(N, classes\)/,
  ],
  [
    "labels of three dimensions",
    two(one, { shape: [1, 1, 1], data: Uint8Array.of(1) }),
    /labels of shape \(1, 1, 1\)/,
  ],
  ["a truncated pickle", { "app.pkl": pickled(pair([1])).subarray(0, 60) }, /Cannot read .*app.pkl: /],
  [
    "a pickle that ends within its second part",
    { "app.pkl": Buffer.concat([pickled(pair([1])), pickled(pair([2])).subarray(0, 60)]) },
    /Cannot read .*app.pkl: /,
  ],
  [
    "a pickle that calls something",
    { "x.pkl": "cos\nsystem\n(S'true'\ntR." },
    /"os.system"; only numpy arrays/,
  ],
];

test.each(REFUSED.map((row) => [row[0], row] as const))(
  "readImages() refuses %s, and names it",
  async (_, row) => {
    const [, files, message, how] = row;
    const file = Object.keys(files).length === 0 ? join(root, "nowhere") : await folder(files);
    const error = await read(file, how).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(message);
  },
);
