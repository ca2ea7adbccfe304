import { expect, test } from "bun:test";
import { actionOf } from "../../../views/assets/keys.ts";

const CLASSES = ["0", "7"];
const press = (key: string, change = {}) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, focus: "body", ...change }, CLASSES);

test("actionOf() maps digits, Enter, Backspace, Space, h and ? to what the help says", () => {
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

test("actionOf() leaves every key to a field that is typed into", () => {
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
