import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readImageFile } from "../../../src/commands/samples/image-files.ts";
import { newSamples } from "../../../src/commands/samples/new-samples.ts";
import type { NewSample } from "../../../src/domain/sample.ts";
import { InputError } from "../../../src/lib/errors.ts";
import { openStore } from "../../../src/storage/open.ts";
import { pickled } from "../../support/pickled-images.ts";

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const clock = { now: () => new Date("2026-11-23T14:42:31Z") };

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "tegaki-import-"));
});
afterEach(() => rm(dir, { recursive: true }));

/** Images with one dot each. */
function dots(...at: number[]): Uint8Array {
  const images = new Uint8Array(at.length * 784);
  at.forEach((pixel, n) => {
    images[n * 784 + pixel] = 255;
  });
  return images;
}

async function rowsOf(bytes: Uint8Array) {
  const file = join(dir, "app.pkl");
  await Bun.write(file, bytes);
  return Array.fromAsync(readImageFile({ file }, CLASSES));
}

const app = (labels: number[], images = dots(...labels.map((label) => 100 + label))) =>
  pickled([
    { shape: [labels.length, 28, 28], data: images },
    { shape: [labels.length], data: Uint8Array.from(labels) },
  ]);

test("the original project's app.pkl is read as images with labels, without strokes", async () => {
  const rows = await rowsOf(app([3, 7]));
  expect(rows.map(({ at, label, drawing, writer }) => ({ at, label, drawing, writer }))).toEqual([
    { at: 0, label: "3", drawing: null, writer: null },
    { at: 1, label: "7", drawing: null, writer: null },
  ]);
  expect([rows[0]!.pixels![103], rows[1]!.pixels![107]]).toEqual([255, 255]);
});

test.each<[string, () => Uint8Array, RegExp]>([
  ["a label that is not a class", () => app([10]), /app.pkl, label 0: expected an index below 10, found 10/],
  [
    "images of another size",
    () =>
      pickled([
        { shape: [1, 2, 2], data: new Uint8Array(4) },
        { shape: [1], data: new Uint8Array(1) },
      ]),
    /images are 2x2, expected 28x28/,
  ],
  ["a single array", () => pickled({ shape: [1], data: new Uint8Array(1) }), /expected \(images, labels\)/],
  ["a truncated file", () => app([1]).subarray(0, 60), /Cannot read .*app.pkl: /],
  [
    "a pickle that calls something",
    () => Buffer.from("cos\nsystem\n(S'true'\ntR."),
    /Cannot read .*"os.system"; only numpy arrays/,
  ],
])("an app.pkl with %s is refused by name", async (_, bytes, message) => {
  const error = await rowsOf(bytes()).catch((thrown: unknown) => thrown as Error);
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).toMatch(message);
});

const sample = (pixel: number, more: Partial<NewSample> = {}): NewSample => ({
  drawing: null,
  pixels: dots(pixel),
  preprocessing: 1,
  label: "1",
  predicted: null,
  confidence: null,
  modelVersion: null,
  predictionId: null,
  writer: null,
  session: null,
  source: "import",
  ...more,
});
const stroke = (x: number) => ({ width: 10, height: 10, strokes: [[[x, 1] as const, [x, 9] as const]] });

test("newSamples() leaves out samples that the store has, whatever their label is now, and keeps repeated rows", async () => {
  const store = await openStore({ path: ":memory:", clock, holdoutFraction: 0.5 });
  try {
    const file = [sample(1), sample(2), sample(2), sample(3, { drawing: stroke(3) })];
    const import_ = async (rows: NewSample[]) =>
      store.samples.insertMany(await newSamples(rows, store.samples.iterate()));
    expect(await import_(file)).toBe(4);
    const { samples } = await store.samples.list({});
    await store.samples.update(samples[0]!.id, { label: "8" });
    await store.samples.update(samples[1]!.id, { state: "rejected" });
    expect(await import_(file)).toBe(0);
    expect(await import_([...file, sample(4), sample(3, { drawing: stroke(4) }), sample(2)])).toBe(3);
    expect((await store.samples.stats()).total).toBe(6);
  } finally {
    await store.close();
  }
});
