// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what is tested
import { expect, test } from "bun:test";
import fc from "fast-check";
import { assign } from "../../src/config/assignments.ts";
import type { Problem } from "../../src/config/errors.ts";
import { addParams, formatParams, readParams } from "../../src/config/params.ts";
import { emptyMapping, toPlain } from "../../src/config/tree.ts";

function read(text: string): unknown {
  const problems: Problem[] = [];
  const params = toPlain(assign(emptyMapping(), readParams(text, problems), problems));
  expect(problems).toEqual([]);
  return params;
}

/** A number that JSON writes without a loss. */
const isExact = (value: number) =>
  !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value));

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
  // Text exactly as written.
  ["s=#ff0000", { s: "#ff0000" }],
  ["s=x #1", { s: "x #1" }],
  ["s=>5", { s: ">5" }],
  ["s=|", { s: "|" }],
  ["s=title: one", { s: "title: one" }],
  ["s=- one", { s: "- one" }],
  ["s=&a,t=*a,u=!x y,v=%a,w=@a,x=`a", { s: "&a", t: "*a", u: "!x y", v: "%a", w: "@a", x: "`a" }],
  ["s=? a,t=a: b: c,u=---,v=...", { s: "? a", t: "a: b: c", u: "---", v: "..." }],
  ["s=a  b,t=no,u=2026-11-28", { s: "a  b", t: "no", u: "2026-11-28" }],
  ["s=${x}", { s: "${x}" }],
  ['s="a" b', { s: '"a" b' }],
  ['s="a" or "b"', { s: '"a" or "b"' }],
  ["n=-1,o=0x10,p=1e3,q=.5,r=False", { n: -1, o: 16, p: 1000, q: 0.5, r: false }],
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
  [
    "a=[1",
    "--params a: starts a list with [ and does not end it. Close it, or put the complete value in quotes",
  ],
  ["a={1}}", '--params a: unexpected flow-map-end token in YAML stream: "}"'],
  [
    'a="b',
    '--params a: starts a string with " and does not end it. Close it, or put the complete value in quotes',
  ],
  [
    "a=9007199254740993",
    "--params a: 9007199254740993 is beyond 2^53 - 1, the largest exact whole number. Put it in quotes to use it as text",
  ],
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
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter(isExact),
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

test("readParams() reads any text back exactly, unless YAML takes all of it for a value", () => {
  const text = fc
    .string({ unit: "grapheme-ascii" })
    .filter((one) => !/^[[{"'\s]|[,[\]{}]|\s$|["']|^$/.test(one));
  fc.assert(
    fc.property(text, (value) => {
      const { s } = read(`s=${value}`) as { s: unknown };
      expect(typeof s === "string" ? s : value).toBe(value);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test("addParams() adds up, and the later of two equal keys wins", () => {
  expect(addParams("b=2", "a=1")).toBe("a=1,b=2");
  expect(addParams("a=3,c=[1,2]", "a=1,b=x")).toBe("b=x,a=3,c=[1,2]");
  expect(addParams("a=1", undefined)).toBe("a=1");
});

test("formatParams() keeps empty groups, and keys that could not be written one by one", () => {
  const params = { a: {}, files: { "x.csv": 1, "a,b": 2 } };
  expect(read(formatParams(params))).toEqual(params);
});
