import { expect, test } from "bun:test";
import fc from "fast-check";
import { emptyQuery, FILTER_KINDS, formatQuery, parseQuery, pictureKey } from "../../src/graph/query.ts";

const PIPELINES = ["de", "__default__", "tuning"];
const parse = (text: string) => parseQuery(new URLSearchParams(text), PIPELINES);

test("parseQuery() returns the default pipeline with nodes and datasets for an empty address", () => {
  expect(parse("")).toEqual(emptyQuery("__default__"));
  expect(parse("pipeline=nope").pipeline).toBe("__default__");
});

test("parseQuery() returns the first pipeline when there is no default one, and none when there are none", () => {
  expect(parseQuery(new URLSearchParams(), ["a", "b"]).pipeline).toBe("a");
  expect(parseQuery(new URLSearchParams(), []).pipeline).toBe("");
});

test("parseQuery() ignores what it cannot parse", () => {
  expect(parse("kind=else&reach=sideways&at=-1&focus=")).toEqual(emptyQuery("__default__"));
});

test("parseQuery() parses everything that formatQuery() writes", () => {
  const name = fc.string({ minLength: 1, maxLength: 8 });
  const names = fc.uniqueArray(name, { maxLength: 3 });
  const query = fc.record({
    pipeline: fc.constantFrom(...PIPELINES),
    tags: names,
    kinds: fc.subarray([...FILTER_KINDS], { minLength: 1 }),
    hasLayers: fc.boolean(),
    orientation: fc.constantFrom("down" as const, "right" as const),
    isDrawn: fc.boolean(),
    listedFrom: fc.nat({ max: 9999 }),
    hidden: names,
    focus: fc.option(name),
    reach: fc.constant("both" as const),
    expanded: names,
    selected: fc.option(name),
    search: fc.string({ maxLength: 8 }),
    run: fc.option(name),
    at: fc.option(fc.nat({ max: 9999 })),
  });
  fc.assert(
    fc.property(query, (asked) => {
      expect(parse(formatQuery(asked))).toEqual(asked);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("pictureKey() is the same for everything that leaves the layout unchanged", () => {
  const plain = emptyQuery("tuning");
  const looked = { ...plain, selected: "node:a", search: "x", run: "r1", at: 3 };
  expect(pictureKey(looked)).toBe(pictureKey(plain));
  expect(pictureKey({ ...plain, tags: ["x"] })).not.toBe(pictureKey(plain));
});
