import { expect, test } from "bun:test";
import { passwordProblem } from "../../src/access/passwords.ts";
import { cleanName, nameProblem } from "../../src/domain/access/account.ts";

test.each(["\u3164", "\u2800\u2800", "Ann\u115f", "a\u200bb", "a\nb", "\u202eann"])(
  "nameProblem() refuses %j, which has something that cannot be seen",
  (name) => {
    expect(nameProblem(cleanName(name))).toBe("characters");
  },
);

test.each(["Ann", "さくら", "Léo", "🐱", "3"])("nameProblem() allows %s", (name) => {
  expect(nameProblem(cleanName(name))).toBeNull();
});

test.each(["Password123!", "welcome2026", "QWERTY!!!!!", "tegaki-2026"])(
  "passwordProblem() calls %s common: a word that is tried first, with figures and signs behind it",
  (text) => {
    expect(passwordProblem(text, "Ann")).toBe("common");
  },
);

test("passwordProblem() allows a word with more words", () => {
  expect(passwordProblem("welcome to my garden", "Ann")).toBeNull();
});
