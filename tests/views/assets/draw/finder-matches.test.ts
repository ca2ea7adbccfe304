import { expect, test } from "bun:test";
import { matchesOf } from "../../../../views/assets/draw/finder-matches.ts";

test("matchesOf() returns the exact class first, then those that start with the text, then those that contain it", () => {
  const classes = ["bat", "cat", "at", "attic", "dog"];
  expect(matchesOf("at", classes)).toEqual(["at", "attic", "bat", "cat"]);
  expect(matchesOf("x", classes)).toEqual([]);
});

test("matchesOf() returns all classes for an empty text, in the order of the classes", () => {
  expect(matchesOf("  ", ["b", "a"])).toEqual(["b", "a"]);
});

test("matchesOf() ignores case, but an exact match in its own case comes first", () => {
  expect(matchesOf("A", ["a", "A", "ab"])).toEqual(["A", "a", "ab"]);
  expect(matchesOf("か\u3099", ["が", "か"])).toEqual(["が"]);
});
