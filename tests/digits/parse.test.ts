import { describe, expect, test } from "bun:test";
import { EmptyInkError } from "../../src/digits/errors.ts";
import { parseDrawing, parsePixels } from "../../src/digits/parse.ts";
import { InputError } from "../../src/lib/errors.ts";

const canvas = { width: 280, height: 200 };

describe("parseDrawing()", () => {
  test("returns the strokes with time and pressure, without other fields", () => {
    const strokes = [
      [[1, 2]],
      [
        [3, 4, 5],
        [6, 7, 8, 0.5],
      ],
    ];
    expect(parseDrawing({ strokes, ...canvas, writer: "x" })).toEqual({ strokes, ...canvas } as never);
  });

  test("accepts points outside the canvas by up to its long side, and a canvas cut to a line or a dot", () => {
    parseDrawing({
      strokes: [
        [
          [-280, 480],
          [560, -280],
        ],
      ],
      ...canvas,
    });
    parseDrawing({
      strokes: [
        [
          [0, 0],
          [0, 100],
        ],
      ],
      width: 0,
      height: 100,
    });
    parseDrawing({ strokes: [[[0, 0]]], width: 0, height: 0 });
    expect(parseDrawing({ strokes: [], ...canvas }).strokes).toEqual([]);
  });

  const refused: [string, unknown, string][] = [
    ["it is not an object", [1], "Expected a drawing {strokes, width, height}, found an array of 1"],
    ["it is null", null, "Expected a drawing {strokes, width, height}, found null"],
    ["the strokes are missing", canvas, "strokes: expected an array, found nothing"],
    [
      "the width is missing",
      { strokes: [], height: 1 },
      "width: expected a number from 0 to 1000000, found nothing",
    ],
    [
      "the height is negative",
      { strokes: [], width: 1, height: -1 },
      "height: expected a number from 0 to 1000000, found -1",
    ],
    [
      "a stroke is not an array",
      { strokes: [[], "x"], ...canvas },
      'strokes[1]: expected an array of points, found "x"',
    ],
    [
      "a point is not an array",
      { strokes: [[[1, 2], {}]], ...canvas },
      "strokes[0][1]: expected [x, y, tMs?, pressure?], found an object",
    ],
    [
      "a point has one number",
      { strokes: [[[1]]], ...canvas },
      "strokes[0][0]: expected [x, y, tMs?, pressure?], found an array of 1",
    ],
    ["a point has five numbers", { strokes: [[[1, 2, 3, 1, 5]]], ...canvas }, "strokes[0][0]: expected"],
    [
      "x is NaN",
      { strokes: [[[Number.NaN, 1]]], ...canvas },
      "strokes[0][0][0]: expected a number from -280 to 560, found NaN",
    ],
    [
      "y is infinite",
      { strokes: [[[1, Infinity]]], ...canvas },
      "strokes[0][0][1]: expected a number from -280 to 480, found Infinity",
    ],
    [
      "x is 1e308",
      {
        strokes: [
          [],
          [
            [1, 1],
            [1e308, 1],
          ],
        ],
        ...canvas,
      },
      "strokes[1][1][0]: expected a number from -280 to 560, found 1e+308",
    ],
    [
      "y is a string",
      { strokes: [[[1, "2"]]], ...canvas },
      'strokes[0][0][1]: expected a number from -280 to 480, found "2"',
    ],
    ["the time is negative", { strokes: [[[1, 2, -1]]], ...canvas }, "strokes[0][0][2]: expected"],
    [
      "the pressure is above 1",
      { strokes: [[[1, 2, 0, 1.5]]], ...canvas },
      "strokes[0][0][3]: expected a number from 0 to 1, found 1.5",
    ],
    [
      "there are 1,001 strokes",
      { strokes: Array(1001).fill([]), ...canvas },
      "strokes: expected at most 1000 strokes, found 1001",
    ],
    [
      "there are 10,001 points",
      { strokes: [Array(5_000).fill([1, 1]), Array(5_001).fill([1, 1])], ...canvas },
      "strokes: expected at most 10000 points in total, found 10001",
    ],
  ];
  for (const [when, value, message] of refused) {
    test(`refuses with an InputError that names the place when ${when}`, () => {
      expect(() => parseDrawing(value)).toThrow(InputError);
      expect(() => parseDrawing(value)).toThrow(message);
    });
  }
});

describe("parsePixels()", () => {
  const blank = () => Array<number>(784).fill(0);

  test("returns the bytes, fractions rounded", () => {
    const pixels = parsePixels(blank().with(3, 255).with(4, 12.6));
    expect(pixels).toBeInstanceOf(Uint8Array);
    expect([pixels[3], pixels[4], pixels[5]]).toEqual([255, 13, 0]);
  });

  const refused: [string, unknown, string][] = [
    [
      "there are 783",
      blank().slice(1),
      "pixels: expected 784 numbers 0..255 (28 rows of 28), found 783 values",
    ],
    [
      "it is an object",
      { length: 784 },
      "pixels: expected 784 numbers 0..255 (28 rows of 28), found an object",
    ],
    ["one is 256", blank().with(17, 256), "pixels[17]: expected a number from 0 to 255, found 256"],
    ["one is NaN", blank().with(0, Number.NaN), "pixels[0]: expected a number from 0 to 255, found NaN"],
    [
      "one is null",
      (blank() as unknown[]).with(783, null),
      "pixels[783]: expected a number from 0 to 255, found null",
    ],
    [
      "all are 0..1",
      blank().with(5, 0.9),
      "pixels: expected 0..255, but no value is above 1. Multiply them by 255",
    ],
    [
      "the ink is dark on light",
      new Array(784).fill(250).with(400, 10),
      "pixels: expected light ink on a dark ground, found the opposite. Send 255 minus each value",
    ],
  ];
  for (const [when, value, message] of refused) {
    test(`refuses with an InputError that names the place when ${when}`, () => {
      expect(() => parsePixels(value)).toThrow(InputError);
      expect(() => parsePixels(value)).toThrow(message);
    });
  }

  test("refuses a blank image with an EmptyInkError", () => {
    expect(() => parsePixels(blank())).toThrow(EmptyInkError);
  });
});
