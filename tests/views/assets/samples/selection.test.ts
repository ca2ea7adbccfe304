import { describe, expect, test } from "bun:test";
import { Selection } from "../../../../views/assets/samples/selection.ts";
import { sheetActionOf } from "../../../../views/assets/samples/sheet-keys.ts";

describe("Selection", () => {
  test("a range replaces the one before from the same place, in both directions, and leaves the rest", () => {
    const selection = new Selection();
    selection.toggle(20);
    selection.toggle(5);
    selection.extendTo(8);
    expect(selection.places()).toEqual([5, 6, 7, 8, 20]);
    selection.extendTo(3);
    expect(selection.places()).toEqual([3, 4, 5, 20]);
    selection.toggle(4);
    expect(selection.places()).toEqual([3, 5, 20]);
    selection.clear();
    expect(selection.size).toBe(0);
  });

  test("beginAt() is where a range starts when nothing was chosen before", () => {
    const selection = new Selection();
    selection.beginAt(7);
    selection.extendTo(9);
    expect(selection.places()).toEqual([7, 8, 9]);
    selection.clear();
    selection.selectFirst(3);
    expect(selection.places()).toEqual([0, 1, 2]);
  });
});

describe("sheetActionOf()", () => {
  const press = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, focus: "a" };
  const digits = ["0", "1", "7"];

  test("arrows, Space and Enter belong to the sheet only while a drawing has the focus", () => {
    expect(sheetActionOf({ ...press, key: "ArrowDown", shiftKey: true }, digits, true)).toEqual({
      ...{ kind: "move", by: 0, rows: 1, isRange: true },
    });
    for (const key of ["ArrowDown", " ", "Enter"])
      expect(sheetActionOf({ ...press, key }, digits, false)).toBeNull();
    expect(sheetActionOf({ ...press, key: " " }, digits, true)).toEqual({ kind: "toggle" });
  });

  test("a class has its key, and takes a command's letter, which then needs Alt", () => {
    expect(sheetActionOf({ ...press, key: "7" }, digits, false)).toEqual({ kind: "label", label: "7" });
    expect(sheetActionOf({ ...press, key: "x" }, digits, false)).toEqual({ kind: "none" });
    expect(sheetActionOf({ ...press, key: "x" }, ["x"], false)).toEqual({ kind: "label", label: "x" });
    expect(sheetActionOf({ ...press, key: "≈", code: "KeyX", altKey: true }, ["x"], false)).toEqual({
      kind: "none",
    });
  });

  test("Ctrl+A and Ctrl+Z are of the sheet, but not in a field; other commands are the browser's", () => {
    expect(sheetActionOf({ ...press, key: "a", ctrlKey: true }, digits, false)).toEqual({ kind: "all" });
    expect(sheetActionOf({ ...press, key: "z", metaKey: true }, digits, false)).toEqual({ kind: "undo" });
    expect(sheetActionOf({ ...press, key: "a", ctrlKey: true, focus: "input" }, digits, false)).toBeNull();
    expect(sheetActionOf({ ...press, key: "r", ctrlKey: true }, digits, false)).toBeNull();
  });
});
