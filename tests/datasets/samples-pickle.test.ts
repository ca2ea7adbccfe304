import { afterAll, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parsePickle } from "../../src/datasets/formats/pickle/parse.ts";
import { writeSamplesPickle } from "../../src/datasets/samples-pickle.ts";
import type { Sample } from "../../src/domain/sample.ts";
import { createRandom } from "../../src/lib/random.ts";
import { pickled } from "../support/pickled-images.ts";

const root = await mkdtemp(join(tmpdir(), "tegaki-samples-pickle-"));
afterAll(() => rm(root, { recursive: true }));

type Few = Pick<Sample, "label" | "state" | "pixels">;
const CLASSES = [..."0123456789"];
const image = (ink: number) => new Uint8Array(784).fill(ink, 0, 28);
const labelled = (label: string, ink: number): Few => ({ label, state: "labelled", pixels: image(ink) });

const write = (name: string, samples: readonly Few[], between: () => void = () => {}) =>
  writeSamplesPickle({
    path: join(root, name),
    filepath: `data/${name}`,
    classes: CLASSES,
    samples: {
      async *iterate() {
        for (const sample of samples) {
          between();
          yield sample as Sample;
        }
      },
    },
  });
const bytesOf = (name: string) => Bun.file(join(root, name)).bytes();
async function contentOf(name: string) {
  const [x, y] = parsePickle(await bytesOf(name)) as [NumpyBytes, NumpyBytes];
  return { shape: x.shape, dtype: [x.dtype, y.dtype], labels: [...y.data], inks: inksOf(x) };
}
const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: Error) => error.message,
  );
interface NumpyBytes {
  shape: number[];
  dtype: string;
  data: Uint8Array;
}
const inksOf = ({ data }: NumpyBytes) => Array.from({ length: data.length / 784 }, (_, n) => data[n * 784]);

test("writeSamplesPickle() writes labelled samples of known classes as (x, y), oldest first", async () => {
  await write("few.pkl", [
    labelled("3", 10),
    { label: null, state: "negative", pixels: image(20) },
    { ...labelled("4", 30), state: "rejected" },
    labelled("ten", 40),
    labelled("0", 50),
  ]);
  expect(await contentOf("few.pkl")).toEqual({
    shape: [2, 28, 28],
    dtype: ["uint8", "uint8"],
    labels: [3, 0],
    inks: [10, 50],
  });
});

/** Checked by hand with Python 3.11 and numpy 2.4: `pickle.load` gives two uint8 arrays, (2, 28, 28) and (2,). */
test("writeSamplesPickle() writes the bytes that Python has loaded", async () => {
  await write("fixed.pkl", [labelled("3", 10), labelled("0", 50)]);
  const bytes = await bytesOf("fixed.pkl");
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(
    "f5d5cb6667764aa53634408acec4591eb04575b654374a7a137c0f9128395d3f",
  );
});

test("writeSamplesPickle() writes any number of samples, in batches", async () => {
  const random = createRandom(9);
  for (const n of [0, 1, 499, 500, 501, 1234]) {
    const samples = Array.from({ length: n }, () =>
      labelled(String(Math.floor(random.next() * 10)), Math.floor(random.next() * 256)),
    );
    await write("many.pkl", samples);
    const { shape, labels, inks } = await contentOf("many.pkl");
    expect(shape).toEqual([n, 28, 28]);
    expect(labels).toEqual(samples.map(({ label }) => Number(label)));
    expect(inks).toEqual(samples.map(({ pixels }) => pixels[0]));
  }
});

test("a reader finds the old content or the new one, at any time of a write", async () => {
  await write("read.pkl", [labelled("1", 1)]);
  const before = await bytesOf("read.pkl");
  let reads = 0;
  await write(
    "read.pkl",
    Array.from({ length: 1500 }, () => labelled("2", 2)),
    () => {
      if (reads++ % 100 === 0) expect(Bun.file(join(root, "read.pkl")).size).toBe(before.length);
    },
  );
  expect((await contentOf("read.pkl")).labels).toEqual(Array(1500).fill(2));
});

test("a write that fails leaves the old file, and no other", async () => {
  await write("kept.pkl", [labelled("1", 1)]);
  const failing = write("kept.pkl", [labelled("2", 2)], () => {
    throw new Error("the disk is full");
  });
  expect(await messageOf(failing)).toBe("the disk is full");
  expect((await contentOf("kept.pkl")).labels).toEqual([1]);
  expect((await readdir(root)).filter((name) => name.includes("kept"))).toEqual(["kept.pkl"]);
});

test("a corrected label and a deleted sample are so in the file, because it is rebuilt", async () => {
  await write("mended.pkl", [labelled("1", 1), labelled("2", 2)]);
  await write("mended.pkl", [labelled("7", 1)]);
  expect(await contentOf("mended.pkl")).toMatchObject({ labels: [7], inks: [1] });
});

test("a file of another program is replaced only when its drawings are in the store", async () => {
  const theirs = pickled([
    { shape: [3, 28, 28], data: Buffer.concat([image(100), image(200), image(0)]) },
    { shape: [3], data: Uint8Array.of(1, 2, 3) },
  ]);
  await Bun.write(join(root, "app.pkl"), theirs);
  expect(await messageOf(write("app.pkl", [labelled("1", 100)]))).toBe(
    "Drawings of data/app.pkl are not in the store (1), and would be lost when labels are appended. Import them first: tegaki samples import data/app.pkl",
  );
  expect(await bytesOf("app.pkl")).toEqual(new Uint8Array(theirs));
  // Imported, with a label mended since; the blank image is not a drawing.
  await write("app.pkl", [labelled("1", 100), labelled("5", 200), labelled("9", 3)]);
  expect((await contentOf("app.pkl")).labels).toEqual([1, 5, 9]);
});

test.each([
  [
    "cut off",
    (whole: Uint8Array) => whole.subarray(0, whole.length - 1),
    "is not a pickle of (images, labels)",
  ],
  ["appended to", (whole: Uint8Array) => Buffer.concat([whole, whole]), "not in the store (2)"],
  ["not a pickle", () => new TextEncoder().encode("x,y\n1,2\n"), "is not a pickle of (images, labels)"],
])("a file that is %s is not taken for one of tegaki's, and not replaced", async (_, change, message) => {
  await rm(join(root, "changed.pkl"), { force: true });
  await write("changed.pkl", [labelled("1", 100), labelled("2", 200)]);
  const changed = change(await bytesOf("changed.pkl"));
  await Bun.write(join(root, "changed.pkl"), changed);
  expect(await messageOf(write("changed.pkl", []))).toContain(message);
  expect(await bytesOf("changed.pkl")).toEqual(new Uint8Array(changed));
});
