import { expect, test } from "bun:test";
import { examplesFormat } from "../../../src/datasets/formats/examples-format.ts";

const { read, write } = examplesFormat();
const bytes = (text: string | Uint8Array) =>
  typeof text === "string" ? new TextEncoder().encode(text) : text;
const SET = {
  rows: 1,
  cols: 2,
  classes: ["a", "b"],
  answers: [{ index: 3, true: 0, predicted: 1, confidence: 0.75 }],
  images: Uint8Array.of(7, 255),
};

test("a file of examples gives back what was written, image by image", () => {
  expect(read(bytes(write({ mnist_test: SET })))).toEqual({ mnist_test: SET });
});

test("a file of examples refuses images that are not one for each answer, on writing and on reading", () => {
  const expected = "mnist_test: 1 images of 1x2 px need 2 bytes, found 3";
  expect(() => write({ mnist_test: { ...SET, images: new Uint8Array(3) } })).toThrow(expected);
  const file = JSON.parse(String(write({ mnist_test: SET })));
  file.mnist_test.images_zstd = Bun.zstdCompressSync(new Uint8Array(3)).toString("base64");
  expect(() => read(bytes(JSON.stringify(file)))).toThrow(expected);
});

test("a file of examples rejects an invalid one, naming the place", () => {
  expect(() => write({ mnist_test: { ...SET, answers: [{ index: -1 }] } })).toThrow(
    "mnist_test.answers.0.index",
  );
  expect(() => read(bytes("[1]"))).toThrow("is not a set of examples");
});

test("a file of examples is small: 300 blank-edged digits take less than a quarter of their pixels", () => {
  const images = new Uint8Array(300 * 784);
  for (let n = 0; n < 300; n++)
    for (let i = 300; i < 480; i++) images[n * 784 + i] = (i * 37 + n * 11) % 5 === 0 ? 255 : 0;
  const answers = Array.from({ length: 300 }, (_, index) => ({
    index,
    true: 0,
    predicted: 1,
    confidence: 0.5,
  }));
  const text = String(write({ s: { ...SET, rows: 28, cols: 28, answers, images } }));
  expect(text.length).toBeLessThan(images.length / 4);
});
