import { expect, test } from "bun:test";
import fc from "fast-check";
import { PixelValues } from "../../../src/datasets/images/pixel-values.ts";
import { imageAt } from "../../../src/datasets/images/row-problems.ts";
import { InputError } from "../../../src/lib/errors.ts";

const SIZE = { rows: 3, cols: 3 };
const ignore = () => {};

/** Ink in the middle of 3x3. */
const dot = (ink: number, ground = 0) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => (i === 4 ? ink : ground));

function converted(images: number[][], all = true) {
  const values = new PixelValues("x.pkl", SIZE, all ? images : null);
  const notices: string[] = [];
  const inks = images.map((image, i) => [...values.toInk(image, imageAt(i))]);
  values.finish((text) => void notices.push(text));
  return { inks, notices };
}

test("PixelValues keeps 0..255 as it is, fractions rounded", () => {
  expect(converted([dot(254.6)])).toEqual({ inks: [dot(255)], notices: [] });
});

test.each([
  ["bits", 1],
  ["fractions", 0.4],
])("PixelValues scales %s of 0..1, and says so once a file", (_, ink) => {
  const { inks, notices } = converted([dot(ink), dot(1), dot(0)]);
  expect(inks).toEqual([dot(255 * ink), dot(255), dot(0)]);
  expect(notices).toEqual(["x.pkl: pixel values are in 0 to 1. They were multiplied by 255"]);
});

test("PixelValues takes the range from the file, not from the image: a faint image stays faint", () => {
  expect(converted([dot(1), dot(255)]).inks).toEqual([dot(1), dot(255)]);
});

test("PixelValues inverts dark on light image by image, in every range, and counts them", () => {
  const { inks, notices } = converted([dot(0, 255), dot(200)]);
  expect(inks).toEqual([dot(255), dot(200)]);
  expect(notices[0]).toStartWith("x.pkl: 1 of 2 images are dark on light.");
  expect(converted([dot(0, 1)]).inks).toEqual([dot(255)]);
});

test.each([
  [
    "standardised values",
    [dot(2.82, -0.42)],
    /run from -0.42 to 2.82, so they were standardised.*add the mean/,
  ],
  ["values of -1..1", [dot(1, -1)], /so they were standardised.*Save \(x \+ 1\) \* 127.5/],
  ["values above 255", [dot(65535)], /run from 0 to 65540, expected 0 to 255. Divide them by 257/],
  ["NaN", [dot(Number.NaN)], /a pixel value is NaN/],
  ["infinity", [dot(Number.POSITIVE_INFINITY)], /a pixel value is Infinity/],
  ["values of 0..16", [dot(16)], /run from 0 to 16, expected 0 to 255.*Scale them/],
])("PixelValues refuses %s, in an array and in a stream", (_, images, message) => {
  for (const all of [true, false]) {
    expect(() => converted(images, all)).toThrow(InputError);
    expect(() => converted(images, all)).toThrow(message);
  }
});

test("PixelValues refuses a stream that leaves the range of its first images", () => {
  expect(() => converted([dot(1), dot(2)], false)).toThrow(
    /image 1: pixel values go up to 2, but .* in 0 to 1/,
  );
});

test("PixelValues gives the same ink for each form of one picture: bytes, fractions, inverted", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 9, maxLength: 9 }), (noise) => {
      const picture = noise.map((value, i) => (i === 4 ? 255 : Math.floor(value / 8)));
      const ink = new PixelValues("x", SIZE, [picture]).toInk(picture, imageAt(0));
      expect([...ink]).toEqual(picture);
      const forms = [picture.map((value) => value / 255), picture.map((value) => 255 - value)];
      for (const form of forms) {
        const values = new PixelValues("x", SIZE, [form]);
        expect([...values.toInk(form, imageAt(0))]).toEqual(picture);
        values.finish(ignore);
      }
    }),
  );
});
