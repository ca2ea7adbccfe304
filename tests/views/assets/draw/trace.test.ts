import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Stroke } from "../../../../src/domain/drawing.ts";
import { type PathContext, trace } from "../../../../views/assets/draw/trace.ts";

/** Records the pieces of paths as `[from, control, to]`, and the tip, a straight line to the pen. */
function recorder() {
  const curves: number[][] = [];
  const tips: number[][] = [];
  let at: number[] = [];
  const context: PathContext = {
    moveTo: (x, y) => {
      at = [x, y];
    },
    quadraticCurveTo: (controlX, controlY, x, y) => {
      curves.push([...at, controlX, controlY, x, y]);
      at = [x, y];
    },
    lineTo: (x, y) => {
      tips.push([...at, x, y]);
      at = [x, y];
    },
  };
  return { context, curves, tips };
}

const stroke: fc.Arbitrary<Stroke> = fc.array(fc.tuple(fc.integer(), fc.integer()), {
  minLength: 1,
  maxLength: 40,
});

test("trace() in steps draws each curve of the whole stroke once, and ends in the same tip", () => {
  fc.assert(
    fc.property(stroke, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (points, steps) => {
      const whole = recorder();
      trace(whole.context, points, 0);
      const stepwise = recorder();
      for (let painted = 0, i = 0; painted < points.length; i++) {
        const upTo = Math.min(points.length, painted + steps[i % steps.length]!);
        trace(stepwise.context, points.slice(0, upTo), painted);
        painted = upTo;
      }
      expect(stepwise.curves).toEqual(whole.curves);
      expect(stepwise.tips.at(-1)).toEqual(whole.tips[0]!);
    }),
    { seed: 20261128, numRuns: 300 },
  );
});

test("trace() of one more point draws one curve and the tip, however long the stroke is", () => {
  const points = Array.from({ length: 2_000 }, (_, i) => [i, i * i] as const);
  const { context, curves, tips } = recorder();
  trace(context, points, 1_999);
  expect([curves.length, tips.length]).toEqual([1, 1]);
});

test("trace() of a single point draws a very short line, because a canvas drops one of no length", () => {
  const { context, curves, tips } = recorder();
  trace(context, [[3, 4]], 0);
  expect([curves, tips]).toEqual([[], [[3, 4, 3.01, 4]]]);
});
