import { expect, test } from "bun:test";
import { isInYaml, removeFromYaml } from "../../../src/config/settings/remove-from-yaml.ts";
import { ConflictError } from "../../../src/lib/errors.ts";

const remove = (text: string, key: string) => removeFromYaml(text, key.split("."));

test("removeFromYaml() removes the line of a nested key, and leaves every other character", () => {
  const text =
    "# top\n\ngate:   # the gate\n    # why: see the wiki\n    threshold:   0.98     # least\n    # next\n    'margin': 0.002\n\n\n# end\n";
  expect(remove(text, "gate.threshold")).toBe(text.replace("    threshold:   0.98     # least\n", ""));
  expect(remove(text, "gate.margin")).toBe(text.replace("    'margin': 0.002\n", ""));
});

test("removeFromYaml() removes the mappings that are empty then, and keeps the comments that were in them", () => {
  const text =
    "# ours\nscheduler: # when\n  # how\n  triggers:\n    # few of us\n    new_samples: 50 # as in May\n    # after\nlog:\n  level: debug\n";
  expect(remove(text, "scheduler.triggers.new_samples")).toBe(
    "# ours\n  # how\n    # few of us\n    # after\nlog:\n  level: debug\n",
  );
  const beside = "scheduler:\n  combine: all\n  triggers:\n    cron: x\n";
  expect(remove(beside, "scheduler.triggers.cron")).toBe("scheduler:\n  combine: all\n");
  expect(remove("# ours\nmodels:\n  keep: 9\n", "models.keep")).toBe("# ours\n");
  expect(remove("promotion: auto", "promotion")).toBe("");
});

test.each([
  ["an empty value", "a:\n  cron: # none\n  b: 1\n", "a.cron", "a:\n  b: 1\n"],
  [
    "a block of text",
    "a:\n  en: |\n    one\n\n    two\n\n  # about ja\n  ja: x\n",
    "a.en",
    "a:\n\n  # about ja\n  ja: x\n",
  ],
  ["a string over two lines", 'a:\n  en: "one\n    two" # both\n  ja: x\n', "a.en", "a:\n  ja: x\n"],
  ["lines that end in CR LF", "a:\r\n  x: 1\r\n  y: 2\r\n", "a.x", "a:\r\n  y: 2\r\n"],
  ["the first key in braces", "a: { x: 1, y: 2 } # few\n", "a.x", "a: { y: 2 } # few\n"],
  ["the last key in braces", "a: { x: 1, y: 2 } # few\n", "a.y", "a: { x: 1 } # few\n"],
  ["the only key in braces", "b: 1\na: { x: 1 } # few\n", "a.x", "b: 1\n"],
  ["braces in braces", "a: { b: { x: 1 }, c: 2 }\n", "a.b.x", "a: { c: 2 }\n"],
  ["JSON", '{"a": {"x": 1}}', "a.x", "{}"],
  ["a value with an anchor of its own", "a:\n  x: &n 1\n  y: 2\n", "a.x", "a:\n  y: 2\n"],
  ["a key with a question mark", "? a\n: 1\nb: 2\n", "a", "b: 2\n"],
  ["an alias", "n: &n 1\na:\n  x: *n\n  y: 2\n", "a.x", "n: &n 1\na:\n  y: 2\n"],
])("removeFromYaml() removes %s", (_, text, key, expected) => {
  expect(remove(text, key)).toBe(expected);
});

test.each([
  ["its anchor is used elsewhere", "a:\n  x: &n 1\n  y: *n\n", "a.x"],
  ["it comes from an alias", "base: &g { x: 1 }\na: *g\n", "a.x"],
  ["a comment beside it in braces would be lost", "a: { x: 1, # few\n  y: 2 }\n", "a.x"],
])("removeFromYaml() refuses when %s", (_, text, key) => {
  expect(() => remove(text, key)).toThrow(ConflictError);
  expect(() => remove(text, key)).toThrow("Edit the file by hand");
});

test("isInYaml() is true for a key with an empty value, and false within an alias or beside a single value", () => {
  const text = "a:\n  cron:\n  x: 1\nbase: &g { y: 1 }\nb: *g\n";
  expect(["a.cron", "a.x", "base.y"].map((key) => isInYaml(text, key.split(".")))).toEqual([
    true,
    true,
    true,
  ]);
  expect(["a.z", "a.x.y", "b.y", "c"].map((key) => isInYaml(text, key.split(".")))).toEqual([
    ...[false, false, false, false],
  ]);
  expect(isInYaml("", ["a"])).toBe(false);
});
