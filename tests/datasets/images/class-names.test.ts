import { expect, test } from "bun:test";
import { ClassNames, type RawLabel } from "../../../src/datasets/images/class-names.ts";
import { labelAt } from "../../../src/datasets/images/row-problems.ts";
import { InputError } from "../../../src/lib/errors.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const LETTERS = ["a", "b", "c"];

function named(raw: RawLabel[], classes: string[], offset: number | null = null): string[] {
  const names = new ClassNames("x", classes, offset);
  const result = raw.map((label, i) => names.nameOf(label, labelAt(i)));
  names.finish();
  return result;
}

test.each<[string, RawLabel[], string[], number | null, string[]]>([
  ["digits as numbers", [0, 9, 3], DIGITS, null, ["0", "9", "3"]],
  ["digits as text", ["0", "9"], DIGITS, null, ["0", "9"]],
  ["digits that begin at 1, because no image is a 0", [1, 9], DIGITS, null, ["1", "9"]],
  ["some of the digits as classes, by name and not by place", [3, 5], ["3", "5"], null, ["3", "5"]],
  ["counted letters", [0, 2, 1], LETTERS, null, ["a", "c", "b"]],
  ["named letters", ["c", "a"], LETTERS, null, ["c", "a"]],
  ["letters counted from 1, with the offset", [1, 3], LETTERS, 1, ["a", "c"]],
  ["digits counted from 1, with the offset", [1, 10], DIGITS, 1, ["0", "9"]],
  ["counted letters without the first, with the offset 0", [1, 2], LETTERS, 0, ["b", "c"]],
  ["a name in another normal form", ["e\u0301"], ["\u00e9", "b"], null, ["\u00e9"]],
])("ClassNames reads %s", (_, raw, classes, offset, expected) => {
  expect(named(raw, classes, offset)).toEqual(expected);
});

test.each<[string, RawLabel[], string[], number | null, RegExp]>([
  [
    "a number that is no class",
    [11],
    DIGITS,
    null,
    /x, label 0: expected a label of the classes 0, 1, .* found 11/,
  ],
  ["the place of a class that is named by a number", [0, 1], ["3", "5"], null, /found 0/],
  [
    "digits counted from 1",
    [1, 10],
    DIGITS,
    null,
    /found 10. If the labels count from 1, give --label-offset 1/,
  ],
  [
    "letters counted from 1",
    [1, 3],
    LETTERS,
    null,
    /found 3. If the labels count from 1, give --label-offset 1/,
  ],
  [
    "letters that may count from 1",
    [1, 2],
    LETTERS,
    null,
    /no label is 0, and the lowest is 1. Give --label-offset 1/,
  ],
  ["a label below the offset", [0], DIGITS, 1, /found 0 less the offset 1/],
  ["a fraction", [1.5], DIGITS, null, /found 1.5/],
  ["a negative number", [-1], LETTERS, null, /found -1/],
  ["an unknown name", ["z"], LETTERS, null, /found "z"/],
  ["an empty name", [""], LETTERS, null, /found ""/],
])("ClassNames refuses %s", (_, raw, classes, offset, message) => {
  expect(() => named(raw, classes, offset)).toThrow(InputError);
  expect(() => named(raw, classes, offset)).toThrow(message);
});
