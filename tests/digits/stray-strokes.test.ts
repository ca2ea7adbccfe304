import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { rasterise, rasteriseAll } from "../../src/digits/rasterise.ts";
import { strayStrokes, withoutStray } from "../../src/digits/stray-strokes.ts";
import type { Point, Stroke } from "../../src/domain/drawing.ts";
import { createRandom } from "../../src/lib/random.ts";
import { DIGIT_STYLES } from "../../src/synthesis/digit-styles.ts";
import { writeByHand } from "../../src/synthesis/hand.ts";
import { drawings } from "./drawings.ts";

const seeded = { seed: 20261128, numRuns: 300 };
const rendered = (strokes: readonly Stroke[]) => rasterise({ strokes, width: 280, height: 280 });

/** A digit in one of the styles of the synthetic training data, by an unsteady hand; about 100 units large. */
function synthetic(digit: number, style: number, seed: number): Point[][] {
  return writeByHand(DIGIT_STYLES[digit]![style]!, createRandom(seed)).map((line) =>
    Array.from({ length: line.length / 2 }, (_, i): Point => [line[2 * i]!, line[2 * i + 1]!]),
  );
}

const digits = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.nat(), fc.nat())
  .map(([digit, style, seed]) => synthetic(digit, style % DIGIT_STYLES[digit]!.length, seed));

function sizeOf(strokes: readonly Stroke[]) {
  const xs = strokes.flat().map(([x]) => x);
  const ys = strokes.flat().map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { left, right, top, bottom, extent: Math.max(right - left, bottom - top) };
}

/** The digit as dots or dashes: a mark every `spacing` of its size along each stroke, `mark` of its size long or less. */
function dotted(strokes: readonly Stroke[], spacing: number, mark: number, seed: number): Point[][] {
  const { extent } = sizeOf(strokes);
  const random = createRandom(seed);
  return strokes.flatMap((stroke) => {
    const marks: Point[][] = [];
    let walked = Number.POSITIVE_INFINITY;
    stroke.forEach(([x, y], i) => {
      const [lastX, lastY] = stroke[Math.max(0, i - 1)]!;
      walked += Math.hypot(x - lastX, y - lastY);
      if (walked < spacing * extent) return;
      walked = 0;
      const length = mark * extent * random.next();
      marks.push(
        random.next() < 0.3
          ? [[x, y]]
          : [
              [x, y],
              [x + length * random.next(), y + length],
            ],
      );
    });
    return marks;
  });
}

const line = (x: number, y: number, toX: number, toY: number): Point[] => [
  [x, y],
  [toX, toY],
];
const dot = (x: number, y: number): Point[] => [[x, y]];

describe("strayStrokes() keeps every stroke", () => {
  test("of every style of every digit, in 40 hands each", () => {
    DIGIT_STYLES.forEach((styles, digit) => {
      styles.forEach((_, style) => {
        for (let seed = 0; seed < 40; seed++) {
          expect({ digit, style, stray: strayStrokes(synthetic(digit, style, seed)) }).toEqual({
            digit,
            style,
            stray: [],
          });
        }
      });
    });
  });

  const kept: [string, Point[][]][] = [
    [
      "a 4 of two strokes that do not touch",
      [
        [
          [10, 0],
          [0, 60],
          [70, 60],
        ],
        line(90, 30, 90, 100),
      ],
    ],
    ["a 4 of three strokes", [line(20, 0, 0, 60), line(0, 60, 80, 60), line(60, 20, 60, 100)]],
    [
      "a 5 whose bar is short and high above it",
      [
        [
          [20, 20],
          [15, 50],
          [60, 60],
          [50, 100],
          [10, 95],
        ],
        line(25, -20, 50, -22),
      ],
    ],
    [
      "a 7 with a crossbar",
      [
        [
          [10, 0],
          [80, 0],
          [40, 100],
        ],
        line(35, 50, 65, 48),
      ],
    ],
    ["a 7 whose bar is far from its stem", [line(0, 0, 60, 0), line(150, 20, 120, 120)]],
    [
      "an 8 of two rings, one small and apart",
      [
        [
          [0, 0],
          [40, 20],
          [0, 40],
          [-40, 20],
          [0, 0],
        ],
        [
          [0, 70],
          [15, 80],
          [0, 90],
          [-15, 80],
          [0, 70],
        ],
      ],
    ],
    [
      "a 0 with a dot in it",
      [
        [
          [50, 0],
          [100, 50],
          [50, 100],
          [0, 50],
          [50, 0],
        ],
        dot(50, 50),
      ],
    ],
    ["an i", [line(50, 40, 50, 100), dot(52, 10)]],
    [
      "an ö",
      [
        [
          [50, 40],
          [80, 70],
          [50, 100],
          [20, 70],
          [50, 40],
        ],
        dot(35, 15),
        dot(65, 15),
      ],
    ],
    [
      "a stroke broken into small pieces",
      [line(50, 0, 50, 60), line(50, 66, 50, 70), line(50, 80, 50, 84), dot(50, 100)],
    ],
    ["two equal strokes at 10 times their size", [line(0, 0, 0, 100), line(1000, 0, 1000, 100)]],
    ["a single dot", [dot(3, 4)]],
    ["two dots", [dot(0, 0), dot(0, 100)]],
    ["three dots, one smeared", [dot(0, 0), line(0, 50, 2, 52), dot(0, 100)]],
    ["dots on one place", [dot(5, 5), dot(5, 5), dot(5, 5)]],
    ["strokes without points", [[], line(0, 0, 0, 100), []]],
    ["nothing", []],
  ];
  for (const [what, strokes] of kept) {
    test(`of ${what}`, () => expect(strayStrokes(strokes)).toEqual([]));
  }

  test("of a digit of dots, or of dots and dashes of uneven length", () => {
    const marks = fc.tuple(
      digits,
      fc.double({ min: 0.06, max: 0.2, noNaN: true }),
      fc.double({ min: 0, max: 0.25, noNaN: true }),
      fc.nat(),
    );
    fc.assert(
      fc.property(marks, ([digit, spacing, mark, seed]) => {
        expect(strayStrokes(dotted(digit, spacing, mark, seed))).toEqual([]);
      }),
      seeded,
    );
  });

  test("when all strokes are of comparable size, wherever they are", () => {
    const place = fc.integer({ min: 0, max: 10_000 });
    const stroke = fc.tuple(place, place, fc.integer({ min: 100, max: 290 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 12 }), (some) => {
        const strokes = some.map(([x, y, size, isUpright]) =>
          line(x, y, isUpright ? x : x + size, isUpright ? y + size : y),
        );
        expect(strayStrokes(strokes)).toEqual([]);
      }),
      seeded,
    );
  });
});

describe("strayStrokes() leaves out", () => {
  /** A place outside the digit, at least 0.8 of its size away in all, on any side. */
  const places = fc.tuple(
    fc.double({ min: 0.8, max: 8, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 0, max: 3 }),
  );
  const smears = fc.double({ min: 0, max: 0.08, noNaN: true });
  const taps = fc.array(fc.tuple(places, smears), { minLength: 1, maxLength: 3 });

  /** A mark whose near corner is `far` away, the share `lean` of it to the side. */
  function tap(
    digit: readonly Stroke[],
    [[far, lean, corner], smear]: [[number, number, number], number],
  ): Point[] {
    const { left, right, top, bottom, extent } = sizeOf(digit);
    const [dx, dy] = [far * extent * lean, far * extent * (1 - lean)];
    const [sideX, sideY] = [corner % 2 === 0 ? 1 : -1, corner < 2 ? 1 : -1];
    const x = sideX > 0 ? right + dx : left - dx;
    const y = sideY > 0 ? bottom + dy : top - dy;
    return line(x, y, x + sideX * smear * extent, y + sideY * smear * extent);
  }

  test("taps and smears far from any digit, so its image is the same as without them", () => {
    fc.assert(
      fc.property(digits, taps, (digit, some) => {
        const tapped = [...digit, ...some.map((each) => tap(digit, each))];
        // Several taps at very different distances could be the steps of a dotted line.
        fc.pre(some.length === 1 || some.every(([[far]]) => far >= 2.2 && far <= 3));
        expect(strayStrokes(tapped)).toEqual(some.map((_, i) => digit.length + i));
        expect(rendered(tapped)).toEqual(rendered(digit));
      }),
      seeded,
    );
  });

  test("the taps in the four corners of a pad around a digit of a third of its size", () => {
    const [four, width, height] = [synthetic(4, 1, 7), 300, 300];
    const corners = [dot(-100, -100), dot(200, -100), line(-100, 200, -98, 200), dot(200, 200)];
    expect(strayStrokes([...corners, ...four])).toEqual([0, 1, 2, 3]);
    expect(rasterise({ strokes: [...corners, ...four], width, height })).toEqual(rendered(four));
  });

  test("the tap of each drawing of the case dot.ndjson, which is its last stroke", async () => {
    const file = Bun.file(join(import.meta.dir, "../fixtures/cases/dot.ndjson"));
    for (const row of (await file.text()).trim().split("\n")) {
      const { strokes } = JSON.parse(row) as { strokes: Point[][] };
      expect(strayStrokes(strokes)).toEqual([strokes.length - 1]);
      expect(rendered(strokes)).toEqual(rasteriseAll(strokes.slice(0, -1)));
    }
  });
});

describe("strayStrokes()", () => {
  const tapped = fc
    .tuple(drawings, fc.integer({ min: -4000, max: 4000 }), fc.integer({ min: -4000, max: 4000 }))
    .map(([{ strokes }, x, y]): Stroke[] => [...strokes, dot(x, y)]);

  test("gives the same at any size and place, and finds nothing more in what it keeps", () => {
    fc.assert(
      fc.property(
        tapped,
        fc.constantFrom(0.125, 2, 1024),
        fc.integer({ min: -4096, max: 4096 }),
        (strokes, scale, shift) => {
          // Whole coordinates and powers of two: the arithmetic is exact.
          const moved = strokes.map((stroke) =>
            stroke.map(([x, y]): Point => [(x + shift) * scale, (y - shift) * scale]),
          );
          expect(strayStrokes(moved)).toEqual(strayStrokes(strokes));
          expect(strayStrokes(withoutStray(strokes))).toEqual([]);
        },
      ),
      seeded,
    );
  });

  test("leaves out fewer strokes than there are, and none of the longest", () => {
    fc.assert(
      fc.property(tapped, (strokes) => {
        const stray = strayStrokes(strokes);
        const extents = strokes.map((stroke) => sizeOf([stroke]).extent);
        const longest = extents.indexOf(Math.max(...extents));
        expect(stray).not.toContain(longest);
      }),
      seeded,
    );
  });
});
