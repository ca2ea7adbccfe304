import { expect, test } from "bun:test";
import { createRandom } from "../../src/lib/random.ts";
import { blend, pickBlend } from "../../src/synthesis/blend.ts";
import { DIGIT_STYLES } from "../../src/synthesis/digit-styles.ts";
import { glyph } from "../../src/synthesis/glyph.ts";

const one = glyph(1, "0,0! 10,20 | 5,5 6,6");
const other = glyph(2, "10,0 20,40 | 5,15 6,6");

test("blend() moves each knot by its share of the way, and keeps corners, strokes and weight", () => {
  expect(blend(one, other, 0.5)).toEqual(glyph(1, "5,0! 15,30 | 5,10 6,6"));
  expect(blend(one, other, -1)).toEqual(glyph(1, "-10,0! 0,0 | 5,-5 6,6"));
  expect(blend(one, other, 0)).toEqual(one);
});

test("pickBlend() blends styles with as many knots at nearly the same places, about 4 times in 10", () => {
  const random = createRandom(4);
  const drawn = Array.from({ length: 2000 }, () => pickBlend([one, other], random));
  const plain = drawn.filter((style) => style === one || style === other);
  expect(Math.abs(plain.length / 2000 - 0.6)).toBeLessThan(0.05);
});

test("pickBlend() never blends styles with other strokes or knots, or far away", () => {
  const styles = [
    one,
    glyph(1, "0,0! 10,20"),
    glyph(1, "0,0! 10,20 | 5,5 6,6 7,7"),
    glyph(1, "99,0! 10,99 | 5,5 99,6"),
  ];
  const random = createRandom(5);
  for (let n = 0; n < 300; n++) expect(styles).toContain(pickBlend(styles, random));
});

test("pickBlend() finds similar styles for every digit", () => {
  const random = createRandom(6);
  for (const styles of DIGIT_STYLES) {
    const drawn = Array.from({ length: 300 }, () => pickBlend(styles, random));
    expect(drawn.some((style) => !styles.includes(style))).toBe(true);
    expect(
      drawn
        .flatMap(({ strokes }) => strokes.flatMap(({ knots }) => knots))
        .every(({ x }) => Number.isFinite(x)),
    ).toBe(true);
  }
});
