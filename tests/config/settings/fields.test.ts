import { expect, test } from "bun:test";
import * as v from "valibot";
import { loadConfig } from "../../../src/config/load.ts";
import { serverSchema } from "../../../src/config/schema.ts";
import { fieldOf, isOptional, SETTING_KEYS, type SettingKey } from "../../../src/domain/settings/fields.ts";
import type { SettingValue } from "../../../src/domain/settings/settings.ts";
import { BASE } from "../../support/base-config.ts";

const { server } = await loadConfig({ base: BASE, dir: "/nonexistent", environ: {} });

/** Whether the loader's schema accepts the built-in settings with one value replaced. */
function accepts(key: SettingKey, value: SettingValue): boolean {
  const all = structuredClone(server) as unknown as Record<string, unknown>;
  // The address is the only value that the schema transforms.
  all.http = "127.0.0.1:8000";
  // The two shares have a bound together; here each is asked alone.
  Object.assign(all.labelling as object, { second_opinions: 0, known_answers: 0 });
  const path = key.split(".");
  const parent = path.slice(0, -1).reduce((at, name) => at[name] as Record<string, unknown>, all);
  expect(Object.hasOwn(parent, path.at(-1)!)).toBe(true);
  parent[path.at(-1)!] = value;
  return v.safeParse(serverSchema, all).success;
}

test.each(SETTING_KEYS)("the table of settings and the loader's schema agree on %s", (key) => {
  const field = fieldOf(key);
  const { kind } = field;
  expect(accepts(key, null)).toBe(isOptional(field));
  switch (kind.type) {
    case "whole":
    case "number": {
      const step = kind.type === "whole" ? 1 : 1e-10;
      expect(accepts(key, kind.min)).toBe(kind.isAbove !== true);
      expect(accepts(key, kind.max)).toBe(true);
      expect(accepts(key, kind.min - step)).toBe(false);
      expect(accepts(key, kind.max + Math.max(step, kind.max * 1e-12))).toBe(false);
      expect(accepts(key, "many")).toBe(false);
      if (kind.max - kind.min >= 2) expect(accepts(key, kind.min + 1.5)).toBe(kind.type === "number");
      break;
    }
    case "choice":
      for (const value of kind.values) expect(accepts(key, value)).toBe(true);
      expect(accepts(key, "other")).toBe(false);
      break;
    case "text":
      expect(accepts(key, "x".repeat(kind.maxLength))).toBe(true);
      expect(accepts(key, "x".repeat(kind.maxLength + 1))).toBe(false);
      expect(accepts(key, "")).toBe(false);
      break;
    case "switch":
      expect(accepts(key, true) && accepts(key, false)).toBe(true);
      expect(accepts(key, "true")).toBe(false);
      break;
    case "cron":
      expect(accepts(key, "0 3 * * *")).toBe(true);
      expect(accepts(key, "0 3 31 2 *")).toBe(false);
      break;
    case "hours":
      expect(accepts(key, "22:00-07:00")).toBe(true);
      expect(accepts(key, "25:00-07:00")).toBe(false);
      break;
    case "zone":
      expect(accepts(key, "Asia/Tokyo")).toBe(true);
      expect(accepts(key, "Mars/Base")).toBe(false);
      break;
  }
});
