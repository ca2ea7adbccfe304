import { expect, test } from "bun:test";
import { gridActionOf } from "../../../../views/assets/grid/grid-keys.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const NO_KEYS = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, focus: "input" };
const inGrid = (key: string, more: object = {}) => gridActionOf({ key, ...NO_KEYS, ...more }, DIGITS, true);
const outside = (key: string, focus: string, more: object = {}) =>
  gridActionOf({ key, ...NO_KEYS, focus, ...more }, DIGITS, false);

test("arrows move on a drawing, with Shift they mark; elsewhere they scroll", () => {
  expect(inGrid("ArrowRight")).toEqual({ kind: "move", by: 1, rows: 0, isRange: false });
  expect(inGrid("ArrowUp", { shiftKey: true })).toEqual({ kind: "move", by: 0, rows: -1, isRange: true });
  expect(outside("ArrowDown", "body")).toBeNull();
});

test("PageUp, PageDown, Home, End, Tab and Space are left to the browser, on a drawing too", () => {
  for (const key of ["PageUp", "PageDown", "Home", "End", "Tab", " "]) expect(inGrid(key)).toBeNull();
});

test("a class, x and Backspace decide about a drawing; Enter stores, Escape clears", () => {
  expect(inGrid("1")).toEqual({ kind: "label", label: "1" });
  expect(inGrid("x")).toEqual({ kind: "none" });
  expect(inGrid("Backspace")).toEqual({ kind: "withdraw" });
  expect(inGrid("Enter")).toEqual({ kind: "store" });
  expect(inGrid("Escape")).toEqual({ kind: "clear" });
  expect(inGrid("h")).toEqual({ kind: "help" });
});

test("u and Ctrl+Z undo; other keys with Ctrl are the browser's", () => {
  expect(inGrid("u")).toEqual({ kind: "undo" });
  expect(inGrid("z", { ctrlKey: true })).toEqual({ kind: "undo" });
  expect(inGrid("r", { ctrlKey: true })).toBeNull();
});

test("Enter activates a link or button that has the focus, and types in a field", () => {
  expect(outside("Enter", "body")).toEqual({ kind: "store" });
  for (const focus of ["a", "button", "summary"]) expect(outside("Enter", focus)).toBeNull();
  for (const focus of ["input", "select", "textarea"]) expect(outside("1", focus)).toBeNull();
});

test("a class takes its letter from a command, which then needs Alt", () => {
  const classes = ["x", "u", "ha"];
  const key = (name: string, altKey = false) =>
    gridActionOf({ key: name, ...NO_KEYS, altKey }, classes, true);
  expect(key("x")).toEqual({ kind: "label", label: "x" });
  expect(key("x", true)).toEqual({ kind: "none" });
  expect(key("h")).toBeNull();
  expect(key("h", true)).toEqual({ kind: "help" });
});
