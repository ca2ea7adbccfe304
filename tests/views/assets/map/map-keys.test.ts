import { expect, test } from "bun:test";
import { mapActionOf } from "../../../../views/assets/map/map-keys.ts";

const DIGITS = [..."0123456789"];
const press = (key: string, more: Partial<Parameters<typeof mapActionOf>[0]> = {}) => ({
  ...{ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false },
  ...more,
});

test("mapActionOf() moves and sizes the box, selects, zooms, and leaves the sheet's keys to the sheet", () => {
  expect(mapActionOf(press("ArrowUp"), DIGITS)).toEqual({ kind: "move", x: 0, y: -1 });
  expect(mapActionOf(press("ArrowRight", { shiftKey: true }), DIGITS)).toEqual({ kind: "size", x: 1, y: 0 });
  expect(mapActionOf(press("Enter"), DIGITS)).toEqual({ kind: "select", isAdding: false });
  expect(mapActionOf(press("Enter", { shiftKey: true }), DIGITS)).toEqual({ kind: "select", isAdding: true });
  expect(mapActionOf(press(" "), DIGITS)).toEqual({ kind: "toggle" });
  expect(mapActionOf(press("+"), DIGITS)).toEqual({ kind: "zoom", factor: 1.5 });
  expect(mapActionOf(press("Home"), DIGITS)).toEqual({ kind: "fit" });
  for (const key of ["7", "x", "Backspace", "Escape", "Tab"])
    expect(mapActionOf(press(key), DIGITS)).toBeNull();
  for (const modifier of ["ctrlKey", "metaKey", "altKey"])
    expect(mapActionOf(press("ArrowUp", { [modifier]: true }), DIGITS)).toBeNull();
});

test("mapActionOf() leaves the key of a class to the class", () => {
  expect(mapActionOf(press("+"), ["+", "-"])).toBeNull();
  expect(mapActionOf(press("-"), ["+", "-"])).toBeNull();
});
