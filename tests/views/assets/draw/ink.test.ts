import { expect, test } from "bun:test";
import { Ink, PAD_UNITS, type PenSample } from "../../../../views/assets/draw/ink.ts";

const at = (x: number, y: number, timeMs = 0, pressure = 0.5): PenSample => ({ x, y, timeMs, pressure });

test("Ink keeps x, y, time since the first point and pressure of each point, stroke by stroke", () => {
  const ink = new Ink();
  ink.begin(at(0.25, 0.5, 1000, 0.2));
  ink.extend([at(0.5, 0.5, 1010.4, 0.8)]);
  ink.end();
  ink.begin(at(0.1, 0.1, 1500));
  ink.end();
  expect(ink.drawing()).toEqual({
    strokes: [
      [
        [100, 200, 0, 0.2],
        [200, 200, 10, 0.8],
      ],
      [[40, 40, 500, 0.5]],
    ],
    width: PAD_UNITS,
    height: PAD_UNITS,
  });
});

test("Ink drops points that have hardly moved", () => {
  const ink = new Ink();
  ink.begin(at(0.5, 0.5));
  ink.extend([at(0.5001, 0.5), at(0.5002, 0.5), at(0.6, 0.5)]);
  expect(ink.strokes[0]).toHaveLength(2);
});

test("Ink moves points outside the pad to its edge, and limits times and pressures to their ranges", () => {
  const ink = new Ink();
  ink.begin(at(-3, 0.5, 100, 7));
  ink.extend([at(0.5, 9, 50, -1)]);
  expect(ink.strokes[0]).toEqual([
    [0, 200, 0, 1],
    [200, 400, 0, 0],
  ]);
});

test("Ink ignores movement when the pen is up", () => {
  const ink = new Ink();
  ink.extend([at(0.5, 0.5)]);
  ink.begin(at(0.1, 0.1));
  ink.end();
  ink.extend([at(0.9, 0.9)]);
  expect(ink.strokes).toEqual([[[40, 40, 0, 0.5]]]);
});

test("undo() removes the last stroke and returns whether there was one", () => {
  const ink = new Ink();
  ink.begin(at(0.1, 0.1));
  ink.end();
  expect(ink.undo()).toBe(true);
  expect(ink.undo()).toBe(false);
  expect(ink.isEmpty).toBe(true);
});

test("restore() restores strokes as a copy that can be drawn on", () => {
  const ink = new Ink();
  const strokes = [[[1, 2, 3, 0.5] as const]];
  ink.restore(strokes);
  ink.begin(at(0.5, 0.5, 10));
  expect(ink.strokes).toHaveLength(2);
  expect(strokes).toHaveLength(1);
});
