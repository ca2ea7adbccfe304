import { expect, test } from "bun:test";
import { editYaml } from "../../../src/config/settings/edit-yaml.ts";

const set = (text: string, key: string, value: number | string | boolean | null) =>
  editYaml(text, [{ path: key.split("."), value }]);

test("editYaml() replaces a value in place, and leaves every other character", () => {
  const text =
    "# top\n\ngate:   # the gate\n    threshold:   0.98     # least\n    'margin': 0.002\n\n\n# end\nhttp: 127.0.0.1:9000\n";
  expect(set(text, "gate.threshold", 0.99)).toBe(text.replace("0.98", "0.99"));
});

test("editYaml() keeps comments and the order when it adds a key", () => {
  const text = "# ours\ngate:\n  # why: see the wiki\n  threshold: 0.9 # low\nlog:\n  level: debug\n";
  expect(set(text, "gate.margin", 0.01)).toBe(
    "# ours\ngate:\n  # why: see the wiki\n  threshold: 0.9 # low\n  margin: 0.01\nlog:\n  level: debug\n",
  );
  expect(set(text, "models.keep", 5)).toBe(`${text}models:\n  keep: 5\n`);
});

test("editYaml() writes into an empty text, one of comments alone, and keys without a value", () => {
  expect(set("", "gate.margin", 0.01)).toBe("gate:\n  margin: 0.01\n");
  expect(set("# nothing yet\n", "promotion", "manual")).toBe("# nothing yet\n\npromotion: manual\n");
  expect(set("scheduler:\n  triggers:\n", "scheduler.triggers.cron", "0 3 * * *")).toBe(
    'scheduler:\n  triggers:\n    cron: "0 3 * * *"\n',
  );
  expect(set("scheduler:\n  quiet_hours: # none\n", "scheduler.quiet_hours", "22:00-07:00")).toContain(
    'quiet_hours: "22:00-07:00"',
  );
});

test("editYaml() keeps a mapping in braces, anchors and a directive", () => {
  expect(set("first_model: { per_class: 10, total: 20 } # few\n", "first_model.total", 30)).toBe(
    "first_model: { per_class: 10, total: 30 } # few\n",
  );
  expect(set("a: &x 5\nb: *x\n", "a", 6)).toBe("a: &x 6\nb: *x\n");
  expect(set("%YAML 1.1\n---\nkeep: 5\n", "keep", 6)).toBe("%YAML 1.1\n---\nkeep: 6\n");
});

test("editYaml() writes null, switches, and texts that YAML would read as something else", () => {
  expect(set("drift: false\n", "drift", true)).toBe("drift: true\n");
  expect(set("new_samples: 5\n", "new_samples", null)).toBe("new_samples: null\n");
  expect(set("zone: UTC\n", "zone", "010")).toBe('zone: "010"\n');
  expect(set("zone: UTC\n", "zone", 'a: "b" #')).toBe('zone: "a: \\"b\\" #"\n');
});

test("editYaml() refuses to set a key within an alias", () => {
  const text = "base: &gate { margin: 0.1 }\ngate: *gate\n";
  expect(() => set(text, "gate.margin", 0.2)).toThrow("gate is an alias or a single value");
});
