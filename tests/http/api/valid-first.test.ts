import { expect, test } from "bun:test";
import fc from "fast-check";
import * as v from "valibot";
import { inkEntries } from "../../../src/http/api/ink.ts";

const Coordinate = v.pipe(v.number(), v.finite());
const plain = v.strictObject({
  strokes: v.optional(v.array(v.array(v.pipe(v.array(Coordinate), v.minLength(2), v.maxLength(4))))),
  pixels: v.optional(v.pipe(v.array(Coordinate), v.length(784))),
});
const quick = v.strictObject({ strokes: inkEntries.strokes, pixels: inkEntries.pixels });

/** Mostly numbers, so that about half of the points are valid. */
const coordinate = fc.oneof(
  { weight: 40, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, "1", true, [], [1, 2], Number.NaN, {}) },
);
const point = fc.oneof(
  { weight: 20, arbitrary: fc.array(coordinate, { minLength: 2, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.oneof(fc.array(coordinate, { maxLength: 6 }), fc.jsonValue()) },
);
const strokes = fc.oneof(
  { weight: 10, arbitrary: fc.array(fc.array(point, { maxLength: 4 }), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const pixels = fc
  .tuple(fc.constantFrom(783, 784, 785), fc.array(coordinate, { maxLength: 3 }))
  .map(([n, first]) => Array.from({ length: n }, (_, i) => (i in first ? first[i] : 0)));

const summary = (result: v.SafeParseResult<v.GenericSchema>) => ({
  typed: result.typed,
  output: result.output,
  issues: result.issues?.map((issue) => [v.getDotPath(issue), issue.message]),
});

test("strokes and pixels get the same result, path and message as from the schema alone, for 2,000 bodies", () => {
  let valid = 0;
  fc.assert(
    fc.property(
      fc.oneof(fc.record({ strokes }), fc.record({ pixels }), fc.record({ strokes, pixels })),
      (body) => {
        const expected = v.safeParse(plain, body);
        if (expected.success) valid += 1;
        expect(summary(v.safeParse(quick, body))).toEqual(summary(expected));
      },
    ),
    { seed: 20261129, numRuns: 2000 },
  );
  expect(valid).toBeGreaterThan(200);
  expect(valid).toBeLessThan(1800);
});
