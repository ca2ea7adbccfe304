import { expect, test } from "bun:test";
import fc from "fast-check";
import { formatParams } from "../../../src/config/params.ts";
import {
  paramsTextProblem,
  RUN_PARAMS_LIMITS,
  runParamsProblem,
} from "../../../src/domain/limits/run-params.ts";

const problem = (params: Record<string, unknown>) => runParamsProblem(params)?.message ?? null;
const nested = (depth: number, leaf: unknown = 1): Record<string, unknown> =>
  depth === 1 ? { a: leaf } : { a: nested(depth - 1, leaf) };
const listed = (depth: number): unknown => (depth === 0 ? 1 : [listed(depth - 1)]);
const keys = (count: number, of: (i: number) => string = String) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [of(i), 1]));

test.each<[string, Record<string, unknown>]>([
  ["nothing", {}],
  ["dotted names", { "augmentation.rotate_deg": 5, seed: 3 }],
  ["a list of 999 numbers", { list: Array(999).fill(1) }],
  ["a name of 200 characters", { ["a".repeat(200)]: 1 }],
  ["a path of 200 characters", { ["a".repeat(100)]: { ["b".repeat(99)]: 1 } }],
  ["10 levels", nested(10)],
  ["a string of 16,000 characters", { a: "x".repeat(16_000) }],
])("runParamsProblem() accepts %s", (_, params) => {
  expect(problem(params)).toBeNull();
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["one name of 20,000 characters", { ["a".repeat(20_000)]: 1 }, /^"a{59}…" is longer than 200 characters/],
  ["5,500 keys in a name of 20,000", { ["a".repeat(20_000)]: keys(5_500) }, /longer than 200 characters/],
  ["a path of 201 characters", { ["a".repeat(100)]: { ["b".repeat(100)]: 1 } }, /longer than 200/],
  ["5,500 keys", keys(5_500), /more than 1000 values/],
  ["5,500 values in a list", { a: Array(5_500).fill(1) }, /more than 1000 values/],
  ["lists that multiply", { a: Array(40).fill(Array(40).fill(1)) }, /more than 1000 values/],
  ["11 levels", nested(11), /nests deeper than 10 levels/],
  ["20,000 levels", nested(5_000), /nests deeper than 10 levels/],
  ["10,000 levels of lists", { a: listed(5_000) }, /nests deeper than 10 levels/],
  ["names that multiply", { ["a".repeat(150)]: keys(500) }, /longer than 16384 characters/],
  ["a string of 20,000 characters", { a: "x".repeat(20_000) }, /longer than 16384 characters/],
  ["escapes that multiply", { a: "\0".repeat(5_000) }, /longer than 16384 characters/],
])("runParamsProblem() refuses %s, in a short message", (_, params, message) => {
  expect(problem(params)).toMatch(message);
  expect(problem(params)!.length).toBeLessThan(200);
});

const anyParams = fc.dictionary(
  fc.string({ maxLength: 300 }),
  fc.jsonValue({ maxDepth: 12 }) as fc.Arbitrary<unknown>,
  { maxKeys: 30 },
);

test("what runParamsProblem() accepts is written in at most 16,384 characters", () => {
  fc.assert(
    fc.property(anyParams, (params) => {
      if (runParamsProblem(params) !== null) return;
      expect(formatParams(params).length).toBeLessThanOrEqual(RUN_PARAMS_LIMITS.length);
    }),
    { seed: 20261128, numRuns: 500 },
  );
});

/** Counts the values that are looked at: the cost of a refusal must not depend on the size of what is refused. */
function counted(params: Record<string, unknown>): { params: Record<string, unknown>; reads(): number } {
  let reads = 0;
  const wrap = (value: unknown): unknown =>
    typeof value !== "object" || value === null
      ? value
      : new Proxy(value, {
          get(target, key) {
            if (typeof key === "string") reads += 1;
            return wrap(Reflect.get(target, key));
          },
        });
  return { params: wrap(params) as Record<string, unknown>, reads: () => reads };
}

test("runParamsProblem() reads no more than a few times the limits, whatever is sent", () => {
  const bodies = [
    { ["a".repeat(20_000)]: keys(5_500) },
    { a: Array(30_000).fill(0) },
    { a: Array(200).fill(Array(200).fill(Array(200).fill(0))) },
    nested(5_000, keys(5_000)),
  ];
  for (const body of bodies) {
    const { params, reads } = counted(body);
    expect(runParamsProblem(params)).not.toBeNull();
    expect(reads()).toBeLessThan(20 * RUN_PARAMS_LIMITS.values);
  }
});

test("paramsTextProblem() refuses text that is too long or nests too deep, before it is parsed", () => {
  expect(paramsTextProblem("a=[[1,2],[3]],b=1")).toBeNull();
  expect(paramsTextProblem(`a=${"[".repeat(11)}`)?.message).toContain("nests deeper");
  expect(paramsTextProblem(`a=${"{".repeat(6_000)}`)?.message).toContain("nests deeper");
  expect(paramsTextProblem("a".repeat(20_000))?.message).toContain("longer than 16384");
});
