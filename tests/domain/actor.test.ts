import { expect, test } from "bun:test";
import { ACTOR_KINDS, decodeActor, encodeActor } from "../../src/domain/actor.ts";

test("decodeActor() returns what encodeActor() was given, for every kind, with and without a name", () => {
  for (const kind of ACTOR_KINDS) {
    for (const name of [null, "3f2a", "a:b", ""]) {
      expect(decodeActor(encodeActor({ kind, name }))).toEqual({ kind, name });
    }
  }
});

test("decodeActor() returns null for null and for an unknown kind", () => {
  expect([null, "", "nobody", "nobody:x"].map(decodeActor)).toEqual([null, null, null, null]);
});
