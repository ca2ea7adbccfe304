import { expect, test } from "bun:test";
import { glyph } from "../../src/synthesis/glyph.ts";

test("glyph() reads strokes, knots, corners and chances", () => {
  expect(glyph(2, "10,8! 85,-5 | 50% 25,52 75,48")).toEqual({
    weight: 2,
    strokes: [
      {
        chance: 1,
        knots: [
          { x: 10, y: 8, isCorner: true },
          { x: 85, y: -5, isCorner: false },
        ],
      },
      {
        chance: 0.5,
        knots: [
          { x: 25, y: 52, isCorner: false },
          { x: 75, y: 48, isCorner: false },
        ],
      },
    ],
  });
});

test.each(["", "10,8 |", "10;8", "10,8? 3,4", "50%"])(
  "glyph() quotes what it cannot read in %p",
  (notation) => {
    expect(() => glyph(1, notation)).toThrow(RangeError);
  },
);
