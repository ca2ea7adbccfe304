import { expect, test } from "bun:test";
import fc from "fast-check";
import { jsonFormat } from "../../../src/datasets/formats/json-format.ts";
import { DatasetError } from "../../../src/engine/errors.ts";

const json = jsonFormat({ type: "json" });
const bytes = (text: string | Uint8Array) =>
  typeof text === "string" ? new TextEncoder().encode(text) : text;
const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

const REFUSED: [string, unknown, string][] = [
  ["NaN in a list", { rows: [1, Number.NaN] }, "rows[1]: NaN cannot be written as JSON"],
  ["infinity", Number.POSITIVE_INFINITY, "the value: Infinity"],
  ["a Map", { m: new Map([[1, 2]]) }, "m: a Map cannot be written as JSON. Save an object"],
  ["a Set", [new Set([1])], "[0]: a Set"],
  ["a typed array", { t: new Float32Array(2) }, "t: a Float32Array cannot be written as JSON. Save an array"],
  ["a bigint", { n: 10n }, "n: a bigint"],
  ["a whole number beyond 2^53", { n: 2 ** 60 }, "n: 1152921504606847000, a whole number beyond 2^53,"],
  ["a function", { f: () => 1 }, "f: a function"],
  ["undefined in a list", [undefined], "[0]: undefined cannot be written as JSON"],
  ["an object within itself", cyclic, "self: an object within itself"],
];

test.each(REFUSED.map((row) => [row[0], row] as const))(
  "a json dataset refuses to save %s, with its place",
  (_, row) => {
    expect(() => json.write(row[1])).toThrow(DatasetError);
    expect(() => json.write(row[1])).toThrow(row[2]);
  },
);

test("a json dataset writes dates as JSON does, and leaves out properties that are undefined", () => {
  const value = { at: new Date(0), none: undefined, shared: [cyclic.none, 1].slice(1) };
  expect(JSON.parse(String(json.write(value)))).toEqual({ at: "1970-01-01T00:00:00.000Z", shared: [1] });
});

test.each([
  ['{"id": 9007199254740993}', "9007199254740993"],
  ['[1, {"x": 1e400}]', "1e400"],
])("a json dataset refuses to load %s, which would be rounded", (text, number) => {
  expect(() => json.read(bytes(text))).toThrow(`the number ${number} cannot be held exactly`);
});

test("a json dataset gives back every value that JSON holds", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!/\d{16}/.test(text));
      expect(json.read(bytes(json.write(value)))).toEqual(JSON.parse(text));
    }),
  );
});
