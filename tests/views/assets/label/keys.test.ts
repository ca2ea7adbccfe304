import { expect, test } from "bun:test";
import { keyName, reviewActionOf } from "../../../../views/assets/label/keys.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const press = (key: string, change: object = {}) => ({
  ...{ key, code: `Key${key.toUpperCase()}`, ctrlKey: false, metaKey: false, altKey: false, focus: "body" },
  ...change,
});
const kindOf = (key: string, change: object = {}, classes = DIGITS) =>
  reviewActionOf(press(key, change), classes)?.kind ?? null;

test.each([
  ["Enter", "confirm"],
  ["m", "reading"],
  ["x", "none"],
  ["Backspace", "withdraw"],
  [" ", "skip"],
  ["u", "undo"],
  ["h", "help"],
  ["?", "help"],
  ["a", null],
  ["Tab", null],
])("the key %j is %j", (key, kind) => {
  expect(kindOf(key)).toBe(kind as never);
});

test("a digit is that label", () => {
  expect(reviewActionOf(press("7"), DIGITS)).toEqual({ kind: "label", label: "7" });
});

test("Enter and Space on a button or a link, keys in a field, and those with Ctrl, are left to the browser", () => {
  for (const focus of ["button", "a", "summary"]) {
    expect([kindOf("Enter", { focus }), kindOf(" ", { focus })]).toEqual([null, null]);
    expect(kindOf("x", { focus })).toBe("none");
  }
  for (const focus of ["input", "select", "textarea"]) expect(kindOf("7", { focus })).toBeNull();
  expect([kindOf("u", { ctrlKey: true }), kindOf("u", { metaKey: true })]).toEqual([null, null]);
});

test("a class takes precedence over a command's letter, which then needs Alt", () => {
  const letters = ["m", "x", "u"];
  expect(reviewActionOf(press("x"), letters)).toEqual({ kind: "label", label: "x" });
  expect(kindOf("x", { altKey: true }, letters)).toBe("none");
  expect([keyName("x", letters), keyName("h", letters)]).toEqual(["Alt+x", "h"]);
  expect(kindOf("u", {}, ["up", "down"])).toBeNull();
});
