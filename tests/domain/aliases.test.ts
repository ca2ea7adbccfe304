import { expect, test } from "bun:test";
import { requireOwnAlias } from "../../src/domain/aliases.ts";
import { parseTag } from "../../src/domain/model-tags.ts";
import { InputError } from "../../src/lib/errors.ts";

test.each(["stable", "a", "v2", "next-week", "my.model_1"])("requireOwnAlias() accepts %p", (alias) => {
  expect(() => requireOwnAlias(alias)).not.toThrow();
});

test.each([
  "champion",
  "challenger",
  "base",
  "",
  "7",
  "7a",
  "Stable",
  "a b",
  "a/b",
  "é",
  "__proto__",
  "a".repeat(41),
])("requireOwnAlias() refuses %p", (alias) => {
  expect(() => requireOwnAlias(alias)).toThrow(InputError);
});

test("parseTag() splits at the first =, and refuses a text without a key", () => {
  expect(parseTag("a=b=c")).toEqual(["a", "b=c"]);
  expect(parseTag(" team = kanji ")).toEqual(["team", "kanji"]);
  expect(parseTag("empty=")).toEqual(["empty", ""]);
  for (const text of ["", "=", "=x", "key"]) expect(() => parseTag(text)).toThrow(InputError);
});
