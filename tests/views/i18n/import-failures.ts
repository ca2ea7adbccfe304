import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BlobWriter, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";
import { encode } from "fast-png";
import { parsePickles } from "../../../src/datasets/formats/pickle/parse.ts";
import { findLabels } from "../../../src/datasets/images/labels-file.ts";
import { pickledParts } from "../../../src/datasets/images/pickled-parts.ts";
import { PixelValues } from "../../../src/datasets/images/pixel-values.ts";
import { type ImageFiles, readImages } from "../../../src/datasets/images/read-images.ts";
import { imageAt } from "../../../src/datasets/images/row-problems.ts";
import { readScan } from "../../../src/datasets/images/scan-image.ts";
import { linesOf, readUnpacked } from "../../../src/datasets/images/unpack.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import { dot, header, idxImages, idxLabels, line } from "../../support/image-files.ts";
import { pickled } from "../../support/pickled-images.ts";

type ThrownBy = (work: () => unknown) => Promise<Sentence>;
type Content = string | Uint8Array;

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const GIB = 1024 ** 3;

/** The reason of each file and row that an import refuses, by the real readers. */
export async function importFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const folder = mkdtempSync(join(tmpdir(), "tegaki-import-failures-"));
  try {
    return [
      ...(await rowsFailures(folder)),
      ...(await fileFailures(folder, thrownBy)),
      ...(await zipFailures(folder)),
      ...(await scanFailures(thrownBy)),
      ...(await pickleFailures(thrownBy)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What reading files has found: of rows, and the refusal of the file. */
async function found(
  folder: string,
  files: Readonly<Record<string, Content>>,
  { classes = DIGITS, ...more }: { classes?: string[] } & Omit<ImageFiles, "file"> = {},
  mayBeUnlabelled = false,
): Promise<Sentence[]> {
  for (const [name, content] of Object.entries(files)) await Bun.write(join(folder, name), content);
  const sentences: Sentence[] = [];
  const options = {
    ...{ classes, mayBeUnlabelled, parts: "all" as const, notice: () => {} },
    onProblem: ({ message, says }: Sentence) => void sentences.push({ message, says }),
  };
  const file = join(folder, Object.keys(files)[0]!);
  try {
    for await (const _ of readImages({ file, ...more }, options));
  } catch (error) {
    const { message, says } = error as Error & Sentence;
    sentences.push({ message, says });
  }
  return sentences;
}

const pixels = (...values: number[]) => [...values, ...Array(784 - values.length).fill(0)];
const rowOf = (fields: Record<string, unknown>) => JSON.stringify({ label: 7, ...fields });

async function rowsFailures(folder: string): Promise<Sentence[]> {
  const id = "019b0000-0000-7000-8000-000000000001";
  const drawn = { w: 10, h: 10, strokes: [[[1, 1]]] };
  const lines = [
    "{",
    "[1]",
    rowOf({ label: 12, ...drawn }),
    rowOf({ label: null, ...drawn }),
    JSON.stringify(drawn),
    rowOf({ label: {}, ...drawn }),
    rowOf({ state: "negative", ...drawn }),
    rowOf({ id, pixels: pixels(0.5) }),
    rowOf({ pixels: 3 }),
    rowOf({ pixels: [1] }),
    rowOf({ id: "x", ...drawn }),
    rowOf({ id, predicted: 3, ...drawn }),
    rowOf({ writer: "\ud800", ...drawn }),
    rowOf({ id, created_at: "yesterday", ...drawn }),
    rowOf({ split: "odd", ...drawn }),
    rowOf({ state: "odd", ...drawn }),
    rowOf({ pixels: pixels(Number.MAX_VALUE) }).replace("1.7976931348623157e+308", "1e999"),
    rowOf({ pixels: pixels(-1, 1) }),
    rowOf({ pixels: pixels(-3, 3) }),
    rowOf({ pixels: pixels(510) }),
    rowOf({ ...drawn, strokes: 3 }),
    rowOf({ ...drawn, strokes: [3] }),
    rowOf({ ...drawn, strokes: [[[1]]] }),
    rowOf({ ...drawn, strokes: [[[1, {}]]] }),
    rowOf({ ...drawn, w: -1 }),
    rowOf({ h: 10, strokes: [[[1, 1]]] }),
    rowOf({ ...drawn, strokes: Array(2_000).fill([]) }),
    rowOf({ ...drawn, strokes: [Array(20_000).fill([1, 1])] }),
  ];
  return [
    ...(await found(folder, { "rows.ndjson": lines.join("\n") })),
    ...(await found(folder, {
      "ranges.ndjson": [pixels(1), pixels(9)].map((one) => rowOf({ pixels: one })).join("\n"),
    })),
    ...(await found(folder, { "pale.ndjson": rowOf({ pixels: pixels(9) }) })),
    ...(await found(folder, { "one.ndjson": rowOf({ label: 10, ...drawn }) })),
    ...(await found(folder, { "less.ndjson": rowOf({ label: 12, ...drawn }) }, { labelOffset: 1 })),
    ...(await found(folder, { "count.ndjson": rowOf({ label: 1, ...drawn }) }, { classes: ["a", "b", "c"] })),
    ...(await found(folder, { "fields.csv": [header.join(","), line(1), "1,2"].join("\n") })),
    ...(await found(folder, { "pixel.csv": [header.join(","), line(1).replace(",255", ",x")].join("\n") })),
    ...(await found(folder, { "none.csv": dot(1).join(",") })),
    ...(await found(folder, { "narrow.csv": "a,b,c\n1,2,3" })),
    ...(await found(folder, { "wide.csv": "label,b,c\n1,2,3" })),
    ...(await found(folder, { "quote.csv": [header.join(","), `"${line(1)}`].join("\n") })),
    ...(await found(folder, { "tasks.json": JSON.stringify(TASKS) })),
    ...(await found(folder, { "other.json": "[1]" })),
  ];
}

const RESULT = { type: "choices", value: { choices: ["7"] } };
const TASKS = [
  { data: { image: 3 }, annotations: [] },
  { data: {}, annotations: 3 },
  { data: { image: "data:image/png;base64,AAAA" }, annotations: [{ result: [] }] },
  {
    data: { image: "data:image/png;base64,AAAA" },
    annotations: [{ result: [{ ...RESULT, value: { choices: ["7", "8"] } }] }],
  },
  { data: { image: "data:image/png;base64,AAAA" }, annotations: [{ result: [RESULT] }] },
];

async function fileFailures(folder: string, thrownBy: ThrownBy): Promise<Sentence[]> {
  const at = (name: string) => join(folder, name);
  const lines = (path: string) =>
    thrownBy(async () => {
      for await (const _ of linesOf(path));
    });
  await Bun.write(at("long.idx"), "x");
  truncateSync(at("long.idx"), GIB + 1);
  await Bun.write(at("line.txt"), "x".repeat(64 * 1024 * 1024 + 1));
  await Bun.write(at("latin.txt"), Uint8Array.of(0x61, 0xff));
  await Bun.write(at("zeros.gz"), gzipSync(new Uint8Array(65 * 1024 * 1024)));
  const packed = gzipSync(Buffer.from("x".repeat(1_000)));
  await Bun.write(at("cut.gz"), packed.subarray(0, packed.length - 12));
  await Bun.write(
    at("bad.gz"),
    packed.map((byte, i) => (i > 12 && i < 20 ? byte ^ 255 : byte)),
  );
  const [short, wrong, cut] = [
    idxLabels.slice(0, -1),
    idxLabels.map((byte, i) => (i === 3 ? 9 : byte)),
    idxLabels.slice(0, 6),
  ];
  const wide = Uint8Array.from(idxImages);
  new DataView(wide.buffer, wide.byteOffset).setUint32(8, 0);
  return [
    await thrownBy(() => new PixelValues("x", { rows: 1, cols: 1 }).toInk([-1], imageAt(0))),
    await thrownBy(() => readUnpacked(at("long.idx"))),
    await lines(at("line.txt")),
    await lines(at("latin.txt")),
    await thrownBy(() => readUnpacked(at("zeros.gz"))),
    await thrownBy(() => readUnpacked(at("cut.gz"))),
    await thrownBy(() => readUnpacked(at("bad.gz"))),
    await thrownBy(() => readUnpacked(at("nothing"))),
    await thrownBy(() => findLabels(at("numbers.idx"))),
    await thrownBy(() => findLabels(at("images.idx"))),
    ...(await found(folder, { "labels-idx1-ubyte": idxLabels })),
    ...(await found(folder, { "a.npz": Buffer.from("PK\u0003\u0004".padEnd(60, "x")) })),
    ...(await found(folder, {
      "a.png": encode({ width: 1, height: 1, channels: 1, depth: 8, data: new Uint8Array(1) }),
    })),
    ...(await found(folder, { "a.txt": Uint8Array.of(0xff, 0xfe, 0x61) })),
    ...(await found(folder, { "empty.txt": " " })),
    ...(await found(folder, { "odd.txt": "hello" })),
    ...(await found(folder, { "i.images.idx": idxImages, l: short }, { labels: at("l") })),
    ...(await found(folder, { "i.images.idx": idxImages, l: wrong }, { labels: at("l") })),
    ...(await found(folder, { "i.images.idx": idxImages, l: cut }, { labels: at("l") })),
    ...(await found(folder, { "i.images.idx": idxImages.slice(0, 10), l: idxLabels }, { labels: at("l") })),
    ...(await found(folder, { "i.images.idx": wide.slice(0, 16), l: idxLabels }, { labels: at("l") })),
    ...(await found(folder, { "i.images.idx": idxImages, l: fewer() }, { labels: at("l") })),
    await thrownBy(async () =>
      (await import("../../../src/datasets/formats/idx.ts")).parseIdxImages(idxLabels, "x"),
    ),
    ...(await found(folder, {
      "small.pkl": pickled([
        { shape: [1, 2, 2], data: new Uint8Array(4) },
        { shape: [1], data: new Uint8Array(1) },
      ]),
    })),
    ...(await found(folder, {
      "label.pkl": pickled([
        { shape: [1, 28, 28], data: dot(1) },
        { shape: [1], data: Uint8Array.of(77) },
      ]),
    })),
  ];
}

/** Labels of two images, where the images are three. */
function fewer(): Uint8Array {
  const two = Uint8Array.from(idxLabels.slice(0, -1));
  new DataView(two.buffer, two.byteOffset).setUint32(4, 2);
  return two;
}

async function zipFailures(folder: string): Promise<Sentence[]> {
  const png = encode({ width: 28, height: 28, channels: 1, depth: 8, data: dot(1) });
  const zip = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  await zip.add("alone.png", new Uint8ArrayReader(png));
  await zip.add("7/notes.txt", new Uint8ArrayReader(png));
  await zip.add("7/secret.png", new Uint8ArrayReader(png), { password: "x" });
  await zip.add("7/long.png", new Uint8ArrayReader(new Uint8Array(17 * 1024 * 1024)));
  await zip.add("A/letter.png", new Uint8ArrayReader(png));
  await zip.add("../up.png", new Uint8ArrayReader(png));
  const bytes = new Uint8Array(await (await zip.close()).arrayBuffer());
  const empty = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  await empty.add("folder/", undefined, { directory: true });
  const none = new Uint8Array(await (await empty.close()).arrayBuffer());
  return [
    ...(await found(folder, { "a.zip": bytes })),
    ...(await found(folder, { "a.zip": bytes }, {}, true)),
    ...(await found(folder, { "none.zip": none })),
    ...(await found(folder, { "cut.zip": bytes.slice(0, 100) })),
  ];
}

async function scanFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const png = (width: number, height: number, depth: 8 | 16 = 8) => {
    const size = width * height;
    const data = depth === 8 ? new Uint8Array(size) : new Uint16Array(size);
    return new Uint8Array(encode({ width, height, channels: 1, depth, data }));
  };
  const broken = png(4, 4).map((byte, i) => (i > 45 && i < 50 ? byte ^ 255 : byte));
  const none = png(4, 4);
  new DataView(none.buffer, none.byteOffset).setUint32(16, 0);
  return Promise.all(
    [png(2_001, 1), broken, png(4, 4, 16), Buffer.from("no picture"), none].map((bytes) =>
      thrownBy(() => readScan(bytes)),
    ),
  );
}

async function pickleFailures(thrownBy: ThrownBy): Promise<Sentence[]> {
  const array = (shape: number[]) => ({
    ...{ dtype: "uint8", shape, data: new Uint8Array(shape.reduce((n, size) => n * size, 1)) },
  });
  const one = array([1, 28, 28]);
  const values = [
    [[3]],
    [one],
    [[3, [1]]],
    [[one, [1, 2]]],
    [[array([2, 3]), [1, 2]]],
    [[one, array([1, 1, 1])]],
    [[one, null]],
    [[one, [0.5]]],
    [[one, [[1, 1]]]],
  ];
  return [
    await thrownBy(() => parsePickles(Buffer.from("\x80\x03Z", "latin1"))),
    ...(await Promise.all(values.map((value) => thrownBy(() => pickledParts(value as never))))),
  ];
}
