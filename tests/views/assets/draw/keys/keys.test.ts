import { expect, test } from "bun:test";
import { actionOf, hasFinder, keyName } from "../../../../../views/assets/draw/keys/keys.ts";

const CLASSES = ["0", "7"];
const press = (key: string, change = {}) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, focus: "body", ...change }, CLASSES);

test("actionOf() maps digits, Enter, Backspace, Space, h and ? to the actions in the help", () => {
  expect(press("7")).toEqual({ kind: "label", label: "7" });
  expect(["Enter", "Backspace", " ", "h", "?"].map((key) => press(key)?.kind)).toEqual([
    "accept",
    "undo",
    "clear",
    "help",
    "help",
  ]);
});

test("actionOf() knows only the digits that are classes", () => {
  expect(press("5")).toBeNull();
});

test("actionOf() leaves keys with a modifier to the browser", () => {
  for (const modifier of ["ctrlKey", "metaKey", "altKey"])
    expect(press("7", { [modifier]: true })).toBeNull();
});

test("actionOf() leaves every key to a focused text field", () => {
  expect(["7", "Enter", "Backspace", "h"].map((key) => press(key, { focus: "input" }))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("actionOf() leaves Enter and Space to a focused button, but not the digits", () => {
  expect(press("Enter", { focus: "button" })).toBeNull();
  expect(press(" ", { focus: "a" })).toBeNull();
  expect(press("7", { focus: "button" })).toEqual({ kind: "label", label: "7" });
});

const pressIn = (classes: readonly string[], key: string, change = {}) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, focus: "body", ...change }, classes);

test("actionOf() gives a class of one character its own key, case-sensitive, before any command", () => {
  expect(pressIn(["h", "x", "?"], "h")).toEqual({ kind: "label", label: "h" });
  expect(pressIn(["h", "x", "?"], "?")).toEqual({ kind: "label", label: "?" });
  expect(pressIn(["h", "x"], "H")).toEqual({ kind: "help" });
  expect(pressIn(["a", "A"], "A")).toEqual({ kind: "label", label: "A" });
  expect(pressIn(["a"], "A")).toBeNull();
});

test("actionOf() has the commands' letters with Alt for any classes, whatever letter the system reports", () => {
  expect(pressIn(["h", "x"], "h", { altKey: true })).toEqual({ kind: "help" });
  expect(pressIn(["h", "x"], "˙", { altKey: true, code: "KeyH" })).toEqual({ kind: "help" });
  expect(pressIn(["a"], "a", { altKey: true })).toBeNull();
});

test("actionOf() focuses the field that finds classes for the first character of a longer class, and for /", () => {
  const classes = ["alpha", "Hat", "7"];
  expect(pressIn(classes, "A")).toEqual({ kind: "find", text: "A" });
  expect(pressIn(classes, "h")).toEqual({ kind: "find", text: "h" });
  expect(pressIn(classes, "/")).toEqual({ kind: "find", text: "" });
  expect(pressIn(["7"], "/")).toBeNull();
  expect(pressIn(classes, "7")).toEqual({ kind: "label", label: "7" });
});

test("actionOf() never takes the name of a key for a class", () => {
  expect(pressIn(["Enter", "Backspace"], "Enter")).toEqual({ kind: "accept" });
  expect(pressIn(["Enter", "Backspace"], "Backspace")).toEqual({ kind: "undo" });
});

test("keyName() includes Alt where a class equals or starts with the letter", () => {
  expect(keyName("h", ["0", "H"])).toBe("h");
  expect(keyName("h", ["h"])).toBe("Alt+h");
  expect(keyName("h", ["Hat"])).toBe("Alt+h");
});

test("hasFinder() is true for classes without a key", () => {
  expect(hasFinder(["a", "?", "0"])).toBe(false);
  expect(hasFinder(["a", "ab"])).toBe(true);
  expect(hasFinder(["あ", "い"])).toBe(true);
});

test("actionOf() maps v to the explanation, unless a class has the letter; with Alt always", () => {
  const press = { key: "v", code: "KeyV", ctrlKey: false, metaKey: false, altKey: false, focus: "body" };
  expect(actionOf(press, ["0", "1"])).toEqual({ kind: "explain" });
  expect(actionOf(press, ["u", "v"])).toEqual({ kind: "label", label: "v" });
  expect(actionOf({ ...press, altKey: true }, ["u", "v"])).toEqual({ kind: "explain" });
});

test("x marks the drawing as none of the classes; where x is one of them, Alt+x does", () => {
  expect(press("x")).toEqual({ kind: "none" });
  expect(press("X")).toEqual({ kind: "none" });
  expect(pressIn(["x", "y"], "x")).toEqual({ kind: "label", label: "x" });
  expect(pressIn(["x", "y"], "x", { altKey: true })).toEqual({ kind: "none" });
  expect(press("x", { focus: "input" })).toBeNull();
});
