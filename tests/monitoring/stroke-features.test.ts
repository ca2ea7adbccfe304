import { expect, test } from "bun:test";
import { rasterise } from "../../src/digits/rasterise.ts";
import { strokeFeatures } from "../../src/monitoring/stroke-features.ts";

const blank = () => new Uint8Array(784);

/** A bar of full ink. */
function bar(left: number, top: number, width: number, height: number): Uint8Array {
  const pixels = blank();
  for (let y = top; y < top + height; y++) for (let x = left; x < left + width; x++) pixels[y * 28 + x] = 255;
  return pixels;
}

test("strokeFeatures() of a bar of 2 x 20 px equals hand arithmetic", () => {
  const features = strokeFeatures(bar(13, 4, 2, 20))!;
  expect(features.ink).toBeCloseTo(40 / 784, 10);
  // 2 · 40 / (2 · 20 + 2 · 2)
  expect(features.strokeWidth).toBeCloseTo(80 / 44, 10);
  expect(features.aspect).toBeCloseTo(Math.log2(2 / 20), 10);
  expect(features.slant).toBeCloseTo(0, 10);
});

test("strokeFeatures() of an image without ink is null", () => {
  expect(strokeFeatures(blank())).toBeNull();
});

test("strokeFeatures() measures a line that leans by 20 degrees, within 1 degree, to either side", () => {
  const lean = Math.tan((20 * Math.PI) / 180);
  const line = (sign: number) =>
    rasterise({
      strokes: [
        [
          [50 + sign * lean * 40, 10],
          [50 - sign * lean * 40, 90],
        ],
      ],
      width: 100,
      height: 100,
    });
  expect(Math.abs(strokeFeatures(line(1))!.slant - 20)).toBeLessThan(1);
  expect(Math.abs(strokeFeatures(line(-1))!.slant + 20)).toBeLessThan(1);
});

test("strokeFeatures() of a wider pen has more ink and a greater stroke width", () => {
  const thin = strokeFeatures(bar(13, 4, 2, 20))!;
  const wide = strokeFeatures(bar(12, 4, 4, 20))!;
  expect(wide.strokeWidth).toBeCloseTo(160 / 48, 10);
  expect(wide.ink).toBeCloseTo(2 * thin.ink, 10);
});
