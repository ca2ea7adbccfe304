import { expect, test } from "bun:test";
import { Marks } from "../../../../views/assets/grid/marks.ts";

test("a decision marks a drawing, another replaces it, and the same again clears the mark", () => {
  const marks = new Marks();
  marks.decide(3, "label:1");
  marks.decide(3, "none");
  expect([marks.size, marks.decisionOf(3)]).toEqual([1, "none"]);
  marks.decide(3, "none");
  expect([marks.size, marks.has(3), marks.decisionOf(3)]).toEqual([0, false, null]);
});

test("undecided() has the marks without a decision, in the order of the page", () => {
  const marks = new Marks();
  for (const place of [9, 2, 5]) marks.set(place, true);
  marks.decide(5, "withdraw");
  expect(marks.undecided()).toEqual([2, 9]);
  marks.set(9, false);
  expect(marks.undecided()).toEqual([2]);
});

test("markRange() marks both ends and keeps decisions; marking again changes nothing", () => {
  const marks = new Marks();
  marks.decide(4, "label:1");
  marks.markRange(5, 3);
  expect([marks.size, marks.decisionOf(4)]).toEqual([3, "label:1"]);
  marks.set(4, true);
  expect(marks.decisionOf(4)).toBe("label:1");
  marks.clear();
  expect(marks.size).toBe(0);
});
