import { expect, test } from "bun:test";
import { readYamlText } from "../../src/lib/yaml-document.ts";

const faultsOf = (text: string, options = {}) =>
  readYamlText(text, options).faults.map(({ message }) => message);

test("readYamlText() takes 100 levels of nesting and refuses 101, as lists and as mappings", () => {
  for (const [open, close] of [
    ["[", "]"],
    ["{a: ", "}"],
  ] as const) {
    const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
    expect(faultsOf(nested(100))).toEqual([]);
    expect(faultsOf(nested(101))).toEqual(["is nested deeper than 100 levels"]);
  }
});

test("readYamlText() names each repeated key at its place, in every mapping", () => {
  const { faults, placeOf } = readYamlText("a: 1\nb: {c: 1, c: 2}\na: 2\n");
  expect(faults.map(({ message }) => message)).toEqual([
    "map keys must be unique",
    "map keys must be unique",
  ]);
  expect(faults.map(({ offset }) => placeOf(offset))).toEqual([
    { line: 2, column: 11 },
    { line: 3, column: 1 },
  ]);
});

test("readYamlText() allows several merge keys only where it applies them", () => {
  const text = "x: &x {a: 1}\ny: &y {b: 2}\nz:\n  <<: *x\n  <<: *y\n";
  expect(faultsOf(text, { merge: true })).toEqual([]);
  expect(faultsOf(text)).toEqual(["map keys must be unique"]);
});
