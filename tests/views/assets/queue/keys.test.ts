import { expect, test } from "bun:test";
import { queueActionOf, queueKeyName } from "../../../../views/assets/queue/keys.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const press = (key: string, change: object = {}) => ({
  ...{ key, code: `Key${key.toUpperCase()}`, ctrlKey: false, metaKey: false, altKey: false, focus: "body" },
  ...change,
});
const kindOf = (key: string, change: object = {}, classes = DIGITS) =>
  queueActionOf(press(key, change), classes)?.kind ?? null;

test.each([
  ["Enter", "accept"],
  ["x", "none"],
  ["Backspace", "discard"],
  [" ", "skip"],
  ["u", "undo"],
  ["h", "help"],
  ["?", "help"],
  ["m", null],
  ["Tab", null],
])("the key %j is %j", (key, kind) => {
  expect(kindOf(key)).toBe(kind as never);
});

test("a digit is that label", () => {
  expect(queueActionOf(press("7"), DIGITS)).toEqual({ kind: "label", label: "7" });
});

test("Ctrl+Z and Cmd+Z undo; other keys with Ctrl, and all keys in a field, are left to the browser", () => {
  expect([kindOf("z", { ctrlKey: true }), kindOf("Z", { metaKey: true })]).toEqual(["undo", "undo"]);
  expect([kindOf("u", { ctrlKey: true }), kindOf("x", { metaKey: true })]).toEqual([null, null]);
  for (const focus of ["input", "select", "textarea"]) {
    expect([kindOf("7", { focus }), kindOf("z", { focus, ctrlKey: true })]).toEqual([null, null]);
  }
});

test("Enter and Space on a button or a link are left to the browser, other keys are not", () => {
  for (const focus of ["button", "a", "summary"]) {
    expect([kindOf("Enter", { focus }), kindOf(" ", { focus })]).toEqual([null, null]);
    expect([kindOf("x", { focus }), kindOf("Backspace", { focus })]).toEqual(["none", "discard"]);
  }
});

test("kana are typed in romaji as on the Draw page, and Backspace gives up the last key before it discards", () => {
  const kana = ["か", "き"];
  expect(queueActionOf(press("k"), kana)).toEqual({ kind: "type", typed: "k" });
  expect(queueActionOf(press("i", { typed: "k" }), kana)).toEqual({ kind: "label", label: "き" });
  expect(queueActionOf(press("Backspace", { typed: "k" }), kana)).toEqual({ kind: "type", typed: "" });
  expect(kindOf("Backspace", {}, kana)).toBe("discard");
});

test("a class takes precedence over a command's letter, which then needs Alt", () => {
  const letters = ["u", "x", "y"];
  expect(queueActionOf(press("u"), letters)).toEqual({ kind: "label", label: "u" });
  expect(kindOf("u", { altKey: true }, letters)).toBe("undo");
  expect([queueKeyName("u", letters), queueKeyName("h", letters)]).toEqual(["Alt+u", "h"]);
  expect(queueKeyName("x", ["ぁ"])).toBe("Alt+x");
});
