import { expect, test } from "bun:test";
import { matchesOf } from "../../../../views/assets/draw/finder-matches.ts";

test("matchesOf() has the very one first, then what begins so, then what has it somewhere", () => {
  const classes = ["bat", "cat", "at", "attic", "dog"];
  expect(matchesOf("at", classes)).toEqual(["at", "attic", "bat", "cat"]);
  expect(matchesOf("x", classes)).toEqual([]);
});

test("matchesOf() finds all for nothing, in the order of the classes", () => {
  expect(matchesOf("  ", ["b", "a"])).toEqual(["b", "a"]);
});

test("matchesOf() takes upper and lower case alike, but the very one in its own case wins", () => {
  expect(matchesOf("A", ["a", "A", "ab"])).toEqual(["A", "a", "ab"]);
  expect(matchesOf("か\u3099", ["が", "か"])).toEqual(["が"]);
});
