import { describe, expect, test } from "bun:test";
import { createRandom } from "../../src/lib/random.ts";
import { DIGIT_STYLES } from "../../src/synthesis/digit-styles.ts";
import { drawDigit } from "../../src/synthesis/draw-digit.ts";
import { drawNegative } from "../../src/synthesis/draw-negative.ts";
import { glyph } from "../../src/synthesis/glyph.ts";
import { writeByHand } from "../../src/synthesis/hand.ts";
import { LETTER_STYLES } from "../../src/synthesis/letter-styles.ts";
import { pick } from "../../src/synthesis/pick.ts";
import { createWarp } from "../../src/synthesis/warp.ts";

const RANDOM = createRandom(11);

describe("writeByHand()", () => {
  test("draws a stroke of 30 % in 30 of 100 drawings, within 5", () => {
    const crossed = glyph(1, "10,8! 85,5! 42,100 | 30% 28,52 82,48");
    const drawn = Array.from({ length: 2000 }, () => writeByHand(crossed, RANDOM).length);
    expect(Math.abs(drawn.filter((strokes) => strokes === 2).length / 2000 - 0.3)).toBeLessThan(0.05);
  });

  test("draws at least one stroke, also where none is certain", () => {
    const rare = glyph(1, "5% 0,0 100,100 | 5% 100,0 0,100");
    for (let n = 0; n < 100; n++) expect(writeByHand(rare, RANDOM).length).toBeGreaterThan(0);
  });

  test("keeps what was authored in sight: the ends of a bar stay the length of a bar apart, within a third", () => {
    const lengths = Array.from({ length: 500 }, () => {
      const [line] = writeByHand(glyph(1, "50,0 50,100"), RANDOM);
      return Math.hypot(line!.at(-2)! - line![0]!, line!.at(-1)! - line![1]!);
    }).sort((a, b) => a - b);
    expect(Math.abs(lengths[250]! - 100)).toBeLessThan(33);
    expect(lengths[5]!).toBeGreaterThan(40);
  });
});

test("every style of every digit and letter can be drawn: finite points, at least two in some stroke", () => {
  for (const style of [...DIGIT_STYLES.flat(), ...LETTER_STYLES]) {
    const lines = writeByHand(style, RANDOM);
    expect(lines.flat().every(Number.isFinite)).toBe(true);
    expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThanOrEqual(4);
  }
});

test("drawNegative() gives finite points, whatever the kind", () => {
  for (let n = 0; n < 500; n++) {
    const lines = drawNegative(RANDOM);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.flat().every(Number.isFinite)).toBe(true);
    expect(lines.every((line) => line.length >= 2 && line.length % 2 === 0)).toBe(true);
  }
});

test("drawDigit() knows the digits 0 to 9 and no others", () => {
  expect(() => drawDigit(10, RANDOM)).toThrow(RangeError);
  expect(() => drawDigit(-1, RANDOM)).toThrow("Expected a digit from 0 to 9, found -1");
});

test("pick() takes items as often as their weights say, within 3 of 100", () => {
  const items = [
    { weight: 1, name: "a" },
    { weight: 3, name: "b" },
  ];
  const taken = Array.from({ length: 4000 }, () => pick(items, RANDOM).name);
  expect(Math.abs(taken.filter((name) => name === "b").length / 4000 - 0.75)).toBeLessThan(0.03);
});

test("createWarp() leaves points where they are when the amplitude is 0, and moves neighbours alike else", () => {
  expect(createWarp(0, RANDOM)(3, 4)).toEqual([3, 4]);
  const warp = createWarp(10, RANDOM);
  for (let x = -50; x < 50; x += 10) {
    const [ax, ay] = warp(x, 20);
    const [bx, by] = warp(x + 1, 20);
    // A wave of height 10 and half of that at twice the pace is at most 10·2·1.4·2π/140 steep, each.
    expect(Math.hypot(bx - ax - 1, by - ay)).toBeLessThan(2 * 10 * 2 * 1.4 * ((2 * Math.PI) / 140));
    expect(Math.hypot(ax - x, ay - 20)).toBeLessThan(1.5 * 10 * Math.SQRT2);
  }
});
