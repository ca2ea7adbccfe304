import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Problem } from "../../src/config/errors.ts";
import { formatParams, readParams } from "../../src/config/params.ts";
import { toPlain } from "../../src/config/tree.ts";

function read(text: string): unknown {
  const problems: Problem[] = [];
  const params = toPlain(readParams(text, problems));
  expect(problems).toEqual([]);
  return params;
}

test.each<[string, unknown]>([
  ["", {}],
  ["a=1", { a: 1 }],
  ["a.b=1,a.c=x", { a: { b: 1, c: "x" } }],
  ["a=[1, 2],b={x: 1, y: [2]}", { a: [1, 2], b: { x: 1, y: [2] } }],
  [" a = 1.5 , b = true ", { a: 1.5, b: true }],
  ["a=null,b=~", { a: null, b: null }],
  ["a=\"x, y\",b='p,q'", { a: "x, y", b: "p,q" }],
  ['a="say \\"a, b\\"",b=1', { a: 'say "a, b"', b: 1 }],
  ["a=it's,b=1", { a: "it's", b: 1 }],
  ["a=b=c", { a: "b=c" }],
  ["http=127.0.0.1:80", { http: "127.0.0.1:80" }],
  ["a={x: 1},a.y=2", { a: { x: 1, y: 2 } }],
])("readParams() reads %p", (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ["a", '--params: expected key=value, found "a"'],
  ["a=1,", '--params: expected key=value, found ""'],
  ["=1", '--params: expected a key before "=", found "=1"'],
  ["a..b=1", '--params: expected a key before "=", found "a..b=1"'],
  ["a=", "--params a: has no value after =; use null for no value"],
  ["a=1,a=2", "--params a: is given twice"],
  ["a=[1", "--params a: flow sequence must end with a ]"],
])("readParams() says what is wrong with %p", (text, expected) => {
  const problems: Problem[] = [];
  readParams(text, problems);
  const [first] = problems.map(({ origin, message }) => `${origin.source}: ${message}`);
  expect(first).toBe(expected);
});

test("readParams() reads back what formatParams() writes, for any nested values", () => {
  const key = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);
  const leaf = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: "grapheme-ascii" }),
    fc.array(fc.oneof(fc.integer(), fc.string({ unit: "grapheme-ascii" }))),
  );
  const group = fc.dictionary(key, leaf, { minKeys: 1 });
  fc.assert(
    fc.property(fc.dictionary(key, fc.oneof(leaf, group)), (params) => {
      expect(read(formatParams(params))).toEqual({ ...params });
    }),
    { seed: 1, numRuns: 100 },
  );
});
