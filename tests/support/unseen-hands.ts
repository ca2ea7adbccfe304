import type { Drawing, Point } from "../../src/domain/drawing.ts";
import { createRandom } from "../../src/lib/random.ts";
import { type Glyph, glyph } from "../../src/synthesis/glyph.ts";
import { writeByHand } from "../../src/synthesis/hand.ts";

/** One way to write each digit that neither the training styles nor the pinned set have. */
const STYLES: readonly Glyph[] = [
  glyph(1, "54,4 34,10 20,40 24,76 46,96 70,84 80,50 72,16 50,6"),
  glyph(1, "36,24 52,4! 50,60 52,100"),
  glyph(1, "18,24 38,4 70,8 76,32 50,62 16,94! 52,94 88,92"),
  glyph(1, "20,12 52,2 76,20 50,46! 78,58 78,84 48,98 16,88"),
  glyph(1, "34,2 18,56! 84,56 | 66,30 64,100"),
  glyph(1, "76,4! 32,4! 26,42 58,38 80,62 68,92 26,96"),
  glyph(1, "68,2 34,34 20,68 36,96 66,94 78,72 58,56 28,70"),
  glyph(1, "12,8! 82,6! 58,52 46,100"),
  glyph(1, "68,12 44,2 28,20 50,44 74,70 54,98 28,80 46,50 70,26 66,10"),
  glyph(1, "74,20 50,4 24,20 36,46 68,34 74,16! 72,60 66,98"),
];

/** A drawing of a digit in an unseen style: every seed another hand, the same seed the same drawing. */
export function handDrawing(digit: number, seed: number): Drawing {
  const lines = writeByHand(STYLES[digit]!, createRandom(seed).fork(`unseen ${digit}`));
  const strokes = lines.map((line) => {
    const points: Point[] = [];
    for (let i = 0; i < line.length; i += 2) {
      points.push([Math.round((line[i]! + 100) * 10) / 10, Math.round((line[i + 1]! + 100) * 10) / 10]);
    }
    return points;
  });
  return { strokes, width: 200, height: 200 };
}

/** Lines of a file to import: digits in turn, by one writer. @param labelOf the label that a digit gets. */
export function handLines(
  n: number,
  {
    writer,
    seed = 1,
    labelOf = String,
  }: { writer: string; seed?: number; labelOf?: (digit: number, i: number) => string },
): string {
  return Array.from({ length: n }, (_, i) => {
    const { strokes, width, height } = handDrawing(i % 10, seed * 100_000 + i);
    return JSON.stringify({ label: labelOf(i % 10, i), writer, strokes, width, height });
  }).join("\n");
}
