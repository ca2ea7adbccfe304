import { expect, test } from "bun:test";
import { createRandom } from "../../src/lib/random.ts";
import { drawOutline } from "../../src/synthesis/outlines.ts";

test("drawOutline() draws one stroke that comes back to where it began, in nine of ten within a third of its size", () => {
  const gaps = Array.from({ length: 500 }, (_, seed) => {
    const lines = drawOutline(createRandom(seed));
    expect(lines.length).toBe(1);
    const line = lines[0]!;
    expect(line.every(Number.isFinite)).toBe(true);
    const xs = line.filter((_, i) => i % 2 === 0);
    const ys = line.filter((_, i) => i % 2 === 1);
    const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
    return Math.hypot(xs.at(-1)! - xs[0]!, ys.at(-1)! - ys[0]!) / size;
  });
  expect(gaps.filter((gap) => gap < 0.33).length).toBeGreaterThan(450);
});

test("drawOutline() encloses an area: on average at least a fifth of the square around the outline", () => {
  const shares = Array.from({ length: 300 }, (_, seed) => {
    const [line] = drawOutline(createRandom(1000 + seed));
    let twice = 0;
    for (let i = 0; i < line!.length; i += 2) {
      const next = (i + 2) % line!.length;
      twice += line![i]! * line![next + 1]! - line![next]! * line![i + 1]!;
    }
    const side = Math.max(...line!) - Math.min(...line!);
    return Math.abs(twice) / 2 / side ** 2;
  });
  expect(shares.reduce((a, b) => a + b, 0) / 300).toBeGreaterThan(0.2);
});

test("drawOutline() depends only on the random numbers, and differs from one to the next", () => {
  expect(drawOutline(createRandom(1))).toEqual(drawOutline(createRandom(1)));
  expect(drawOutline(createRandom(1))).not.toEqual(drawOutline(createRandom(2)));
});
